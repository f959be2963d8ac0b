using System.Diagnostics;
using Conway.Testing.Steps;

namespace Conway.Testing;

/// <summary>The trace of one walk: a root span for the journey, and under it a client span for each request.</summary>
/// <remarks>Spans come from the source <see cref="SourceName"/>; whoever listens exports them. While nobody listens the trace has ids all the same,
/// so that what the services say of themselves hangs together. Always sampled. Attributes follow OpenTelemetry's HTTP conventions.</remarks>
internal sealed class JourneySpans : IDisposable
{
    /// <summary>Name of the <see cref="ActivitySource"/>.</summary>
    public const string SourceName = "Conway.Journeys";

    private static readonly ActivitySource Source = new(SourceName);

    private readonly ActivityContext _root;
    private readonly Activity? _span;

    private JourneySpans(Activity? span)
    {
        _span = span;
        _root = span?.Context ?? new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
    }

    public string TraceId => _root.TraceId.ToHexString();

    /// <summary>Begins a trace of its own, whatever trace the caller is in.</summary>
    public static JourneySpans Begin(string journey)
    {
        Activity.Current = null;
        var span = Source.StartActivity($"journey {journey}", ActivityKind.Internal);
        span?.SetTag("conway.journey", journey);
        return new JourneySpans(span);
    }

    /// <summary>Begins the span of a request; null while nobody listens.</summary>
    public Activity? Send(CompiledStep step, StepRequest request)
    {
        var span = Source.StartActivity(request.Method.Method, ActivityKind.Client, _root);
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag("http.request.method", request.Method.Method);
            span.SetTag("url.full", request.Target.AbsoluteUri);
            span.SetTag("server.address", request.Target.Host);
            span.SetTag("server.port", request.Target.Port);
            span.SetTag("conway.step", step.Name);
        }

        return span;
    }

    /// <summary>W3C <c>traceparent</c> for a request.</summary>
    public string Parent(Activity? span) => $"00-{_root.TraceId.ToHexString()}-{(span?.SpanId ?? _root.SpanId).ToHexString()}-01";

    /// <summary>Ends the span of a request.</summary>
    public static void Answered(Activity? span, int? status, string? detail)
    {
        if (span is null)
        {
            return;
        }

        span.SetTag("http.response.status_code", status);
        if (detail is not null)
        {
            span.SetStatus(ActivityStatusCode.Error, detail);
        }

        span.Dispose();
    }

    /// <summary>Says how the walk ended.</summary>
    public void End(StepOutcome? failure)
    {
        if (failure is not null)
        {
            _span?.SetStatus(ActivityStatusCode.Error, $"{failure.Step}: {failure.Detail}");
        }
    }

    public void Dispose() => _span?.Dispose();
}
