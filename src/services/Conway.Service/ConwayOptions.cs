using Conway.Service.Logs;

namespace Conway.Service;

/// <summary>What <c>builder.AddConway()</c> adds. Everything is on by default and each thing can be turned off alone.</summary>
/// <remarks>Set once, inside the call of <c>AddConway</c>; changes after it have no effect.</remarks>
public sealed class ConwayOptions
{
    /// <summary>Send traces, metrics and logs over OTLP. Without <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> nothing is collected either way.</summary>
    public bool Telemetry { get; set; } = true;

    /// <summary>Names of further <see cref="System.Diagnostics.ActivitySource"/>s to record; <c>*</c> stands for any text.
    /// The one named as the application is always recorded.</summary>
    public IList<string> Sources { get; } = [];

    /// <summary>Names of further <see cref="System.Diagnostics.Metrics.Meter"/>s to record; <c>*</c> stands for any text.
    /// The one named as the application is always recorded.</summary>
    public IList<string> Meters { get; } = [];

    /// <summary>Answer <c>/health/live</c>, <c>/health/ready</c> and <c>/health/startup</c>.</summary>
    public bool Health { get; set; } = true;

    /// <summary>Answer every error as problem details (RFC 9457) with the trace's id.</summary>
    public bool Problems { get; set; } = true;

    /// <summary>Write one line for each request, health probes excepted.</summary>
    public bool RequestLogs { get; set; } = true;

    /// <summary>Write the console's lines: JSON when run by Conway, text for people otherwise. False leaves the console as it was.</summary>
    public bool ConsoleLogs { get; set; } = true;

    /// <summary>Stop a request when its deadline passes and answer 504.</summary>
    public bool Deadlines { get; set; } = true;

    /// <summary>Give every <see cref="HttpClient"/> of the factory the address and timeout of the declared call of its name,
    /// and let deadline and request id travel with it.</summary>
    public bool Calls { get; set; } = true;

    /// <summary>On SIGTERM tell the balancer first, then finish what is in flight.</summary>
    public bool Drain { get; set; } = true;

    /// <summary>How long a draining service still takes new requests, while readiness already answers 503.</summary>
    /// <value>Default 250 ms: the platform on one machine hears of it at once. In a cluster, where the news takes its time, 5 s is usual.</value>
    public TimeSpan DrainNotice { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long requests in flight may take after the notice before they are cut off.</summary>
    /// <value>Default 9 s: the platform kills after 10 s, and an orderly end is better.</value>
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(9);

    /// <summary>Mask e-mail addresses, card numbers and bearer tokens in texts, and the values of fields that hold credentials.</summary>
    public bool DefaultMasks { get; set; } = true;

    internal List<Func<string, string>> TextMasks { get; } = [];

    internal HashSet<string> MaskedFields { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Runs over every text that leaves the process in a log line or a span, after the default masks.</summary>
    /// <param name="replace">Gets the text, answers what may be shown. Must be thread-safe; when it throws, the text is left out.</param>
    public ConwayOptions Mask(Func<string, string> replace)
    {
        TextMasks.Add(replace);
        return this;
    }

    /// <summary>The values of these fields are never shown: <c>options.MaskFields("Iban", "Phone")</c> for <c>"paid by {Iban}"</c>.</summary>
    public ConwayOptions MaskFields(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            MaskedFields.Add(name);
        return this;
    }

    internal Masks ToMasks() => new(DefaultMasks, MaskedFields, TextMasks);
}
