namespace Conway.Findings;

/// <summary>Something a person should know or mend: what, where, why, and how to mend it.</summary>
/// <remarks>Findings are values. Readers and thinkers return all of them; they never throw for a user's mistake.</remarks>
public sealed record Finding
{
    /// <summary>Most pieces of evidence that one finding carries.</summary>
    public const int EvidenceMax = 20;

    /// <summary>The kind of finding.</summary>
    public required FindingRule Rule { get; init; }

    /// <summary>What is wrong here, in one sentence with the present values.
    /// <c>'checkout' waits up to 2 s for 'pricing', but its own budget is 800 ms.</c></summary>
    public required string Message { get; init; }

    /// <summary>What to write or do instead, in one sentence.</summary>
    public required string Mend { get; init; }

    /// <summary>Where it stands in the model: <c>services.orders.calls.catalog.timeout</c>. Unset when it is about text that never became model.</summary>
    public string? ModelPath { get; init; }

    /// <summary>Where it stands in a file. Unset until <see cref="SourceMap"/> has looked the model path up, and for models without text.</summary>
    public SourceSpan? Place { get; init; }

    /// <summary>The whole line of <see cref="Place"/>, for the caret. Unset when there is no text.</summary>
    public string? SourceLine { get; init; }

    /// <summary>What was counted and what it was compared with. Unset where nothing is counted.</summary>
    public Measure? Measure { get; init; }

    /// <summary>What was seen, the surest first, each with its place; at most <see cref="EvidenceMax"/>.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>What the finding is about, in words that stay when lines and numbers change. Unset: its model path.</summary>
    /// <remarks>Only needed where the model path has an index in it, or where one place can have several findings of one code.
    /// It goes into the <see cref="Fingerprint"/>.</remarks>
    public string? Subject { get; init; }

    /// <summary>The two services that it is between. Unset: it is about one, or about something else.</summary>
    public ServicePair? Between { get; init; }

    /// <summary>The edit of the model that would mend it. Unset: a person has to decide.</summary>
    public ModelPatch? Patch { get; init; }

    /// <summary>Overrides the rule's severity. Unset: the rule decides.</summary>
    public Severity? Weight { get; init; }

    /// <summary>What this finding weighs.</summary>
    public Severity Severity => Weight ?? Rule.Severity;

    /// <summary><see cref="FindingRule.Code"/></summary>
    public string Code => Rule.Code;

    /// <summary>One line, without caret: <c>conway.yaml:41:7 CW2104 'checkout' waits …</c></summary>
    public override string ToString() => Place is { } place ? $"{place} {Code} {Message}" : $"{Code} {Message}";
}

/// <summary>A value against the limit that it was held to: <c>6 callees, at most 5</c>.</summary>
/// <param name="Value">What was measured.</param>
/// <param name="Limit">What it was compared with.</param>
/// <param name="Unit">What is counted, in the plural: <c>callees</c>; <c>%</c> for shares, <c>ms</c> for times.</param>
public sealed record Measure(double Value, double Limit, string Unit);

/// <summary>Two services, in the direction of the call: <c>orders -> catalog</c>.</summary>
/// <param name="From">Who calls, or sends.</param>
/// <param name="To">Who is called, or takes it.</param>
public sealed record ServicePair(string From, string To);

/// <summary>Something that was seen: <c>orders -> catalog 12 times in trace 4bf9…</c></summary>
/// <param name="Text">One line.</param>
/// <param name="Place">Where it stands in a file. Unset when it stands in none.</param>
public sealed record Evidence(string Text, SourceSpan? Place = null);

/// <summary>An edit of the model: <c>set services.orders.calls.catalog: { timeout: 1s }</c></summary>
/// <param name="Change">What is done at the path.</param>
/// <param name="Path">The model path.</param>
/// <param name="Yaml">The value, on one line; empty for a removal, and for a key that has every default.</param>
public sealed record ModelPatch(PatchChange Change, string Path, string Yaml)
{
    public override string ToString() => Change switch
    {
        PatchChange.Remove => $"remove {Path}",
        PatchChange.Append => $"append to {Path}: {Yaml}",
        _ => Yaml.Length == 0 ? $"set {Path}" : $"set {Path}: {Yaml}",
    };
}

/// <summary>What an edit does.</summary>
public enum PatchChange
{
    /// <summary>Adds or replaces the value at the path.</summary>
    Set,

    /// <summary>Adds an item at the end of the list at the path.</summary>
    Append,

    /// <summary>Removes the key or item at the path.</summary>
    Remove,
}
