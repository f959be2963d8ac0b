using System.Globalization;
using System.Text.Json;
using Conway.Telemetry;

namespace Conway.Console.FromNode;

/// <summary>Logs, traces and metrics in the words of the API. Pure.</summary>
internal static class ShownTelemetry
{
    public static Api.LogRecord Of(LogEntry log) => new(
        IdOf(log), log.At, log.Service, NullIfEmpty(log.Instance), LevelOf(log.Severity), log.Body, log.Trace.IsNone ? null : log.Trace.ToString(), log.Span.IsNone ? null : log.Span.ToString(),
        log.Source switch
        {
            LogSource.Output => Api.LogSource.Stdout,
            LogSource.Error => Api.LogSource.Stderr,
            _ => Api.LogSource.Otlp,
        },
        Of(log.Attributes));

    public static Api.TraceSummary Of(TraceSummary trace) => new(
        trace.Id.ToString(), trace.Start, trace.Duration.TotalMilliseconds, trace.RootService, trace.RootOperation, trace.SpanCount, trace.ErrorCount,
        [.. trace.Services.Select(one => new Api.TraceService(one.Service, one.SpanCount, one.ErrorCount))]);

    public static Api.Trace Of(TraceView trace)
    {
        var critical = trace.CriticalPath.Select(stretch => stretch.Span).ToHashSet();
        var missing = trace.MissingParents.ToHashSet();
        return new(
            trace.Id.ToString(), trace.Start, trace.Duration.TotalMilliseconds, trace.CriticalPath.Sum(stretch => stretch.Duration.TotalMilliseconds),
            [.. trace.Spans.Select(one => Of(one, trace.Start, critical.Contains(one.Span.Id), missing.Contains(one.Span.Parent)))],
            [.. trace.CriticalPath.Select(stretch => new Api.CriticalStretch(stretch.Span.ToString(), (stretch.From - trace.Start).TotalMilliseconds, (stretch.From - trace.Start + stretch.Duration).TotalMilliseconds))],
            [.. trace.OtherLogs.Concat(trace.Spans.SelectMany(one => one.Logs)).OrderBy(log => log.At).Select(Of)]);
    }

    public static Api.Metric Of(MetricName metric) => new(metric.Name, metric.Service, NullIfEmpty(metric.Unit), TypeOf(metric.Kind), NullIfEmpty(metric.Description), metric.AttributeKeys);

    public static Api.MetricSeries Of(string name, IReadOnlyList<MetricSeries> series) => new(
        name, NullIfEmpty(series[0].Unit), TypeOf(series[0].Kind),
        [.. series.Select(one => new Api.MetricLine(
            Of([.. one.Instance.Length == 0 ? Array.Empty<TelemetryAttribute>() : [new TelemetryAttribute("service.instance.id", one.Instance)], .. one.Attributes]),
            [.. one.Points.Select(point => new Api.MetricPoint(point.At, Finite(point.Value), Finite(point.P50), Finite(point.P90), Finite(point.P99), Finite(point.Count)))]))]);

    /// <summary>A cursor of the API as one of the store: its own, or the id of a record, which begins with the record's time.</summary>
    public static string? CursorOf(string? before) => before?.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash ? $"{before[..dash]}.1" : before;

    private static Api.Span Of(TraceSpan one, DateTimeOffset start, bool critical, bool missing)
    {
        var span = one.Span;
        return new(
            span.Id.ToString(), span.Parent.IsNone ? null : span.Parent.ToString(), span.Service, NullIfEmpty(span.Instance), span.Name, span.Kind.ToString().ToLowerInvariant(),
            (span.Start - start).TotalMilliseconds, span.Duration.TotalMilliseconds, one.SelfTime.TotalMilliseconds,
            span.Status switch
            {
                SpanStatus.Error => Api.SpanStatus.Error,
                SpanStatus.Ok => Api.SpanStatus.Ok,
                _ => Api.SpanStatus.Unset,
            },
            NullIfEmpty(span.StatusMessage), critical, missing, Of(span.Attributes),
            [.. span.Events.Select(what => new Api.SpanEvent(what.Name, (what.At - start).TotalMilliseconds, Of(what.Attributes)))]);
    }

    private static Dictionary<string, JsonElement> Of(IReadOnlyList<TelemetryAttribute> attributes)
    {
        var shown = new Dictionary<string, JsonElement>(attributes.Count, StringComparer.Ordinal);
        foreach (var one in attributes)
        {
            shown[one.Key] = one.Value switch
            {
                bool yes => JsonSerializer.SerializeToElement(yes, Api.ApiJson.Default.Boolean),
                long number => JsonSerializer.SerializeToElement(number, Api.ApiJson.Default.Int64),
                double number when double.IsFinite(number) => JsonSerializer.SerializeToElement(number, Api.ApiJson.Default.Double),
                _ => JsonSerializer.SerializeToElement(one.Text, Api.ApiJson.Default.String),
            };
        }

        return shown;
    }

    /// <summary><c>1763726400000000000-9f1c03aa</c>: the time, and what tells records of one moment apart.</summary>
    private static string IdOf(LogEntry log)
    {
        var nanoseconds = (log.At - DateTimeOffset.UnixEpoch).Ticks * 100;
        var told = 17u;
        foreach (var letter in $"{log.Instance} {log.Span} {log.Body}")
        {
            told = unchecked((told * 31) + letter);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{nanoseconds}-{told:x8}");
    }

    private static Api.LogLevel LevelOf(LogSeverity severity) => (int)severity switch
    {
        0 => Api.LogLevel.Info,
        < (int)LogSeverity.Debug => Api.LogLevel.Trace,
        < (int)LogSeverity.Information => Api.LogLevel.Debug,
        < (int)LogSeverity.Warning => Api.LogLevel.Info,
        < (int)LogSeverity.Error => Api.LogLevel.Warn,
        < (int)LogSeverity.Critical => Api.LogLevel.Error,
        _ => Api.LogLevel.Fatal,
    };

    private static string TypeOf(MetricKind kind) => kind switch
    {
        MetricKind.Gauge => "gauge",
        MetricKind.Sum => "sum",
        MetricKind.Summary => "summary",
        _ => "histogram",
    };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
