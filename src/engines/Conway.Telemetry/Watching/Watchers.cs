using Conway.Telemetry.Blocks;
using Conway.Telemetry.Otlp;
using Conway.Telemetry.Scraping;

namespace Conway.Telemetry.Watching;

/// <summary>Everything that looks at records as they come: running aggregates, the pairing of spans, and live subscriptions.</summary>
/// <remarks>Called while the record's builder is locked: each look is short.</remarks>
internal sealed class Watchers(TimeProvider clock)
{
    public LiveFeed<Span> Spans { get; } = new(Signal.Traces, static (texts, record) => texts.Span(record));

    public LiveFeed<LogEntry> Logs { get; } = new(Signal.Logs, static (texts, record) => texts.Log(record));

    public RedTable Red { get; } = new(clock);

    public TrafficPairs Pairs { get; } = new(clock);

    public MetricNames Metrics { get; } = new();

    public ScrapeTable Scrape { get; } = new(clock);

    public void Span(string service, in SpanFacts facts, ReadOnlySpan<byte> record, StringTable strings)
    {
        if (facts.Kind is SpanKind.Server or SpanKind.Consumer)
        {
            Red.Note(service, facts);
        }

        if (facts.Kind is SpanKind.Server or SpanKind.Consumer or SpanKind.Client or SpanKind.Producer)
        {
            Pairs.Note(service, facts);
        }

        if (Spans.IsWatched)
        {
            Spans.Publish(service, record, strings);
        }
    }

    public void Log(string service, ReadOnlySpan<byte> record, StringTable strings)
    {
        if (Logs.IsWatched)
        {
            Logs.Publish(service, record, strings);
        }
    }
}
