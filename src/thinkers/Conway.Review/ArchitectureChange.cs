using Conway.Findings;

namespace Conway.Review;

/// <summary>One change of an architecture: what, where, how much, and who decides.</summary>
public sealed record ArchitectureChange
{
    /// <summary>Its kind.</summary>
    public required ChangeClass Class { get; init; }

    /// <summary>What it is about, in words that stay when lines move: <c>services.orders.calls.catalog</c>, by names and never by index.</summary>
    public required string Subject { get; init; }

    /// <summary>What changed, in one sentence with the names and values.</summary>
    public required string Message { get; init; }

    /// <summary>Overrides the weight of the class. Unset: the class decides.</summary>
    public Severity? Weight { get; init; }

    /// <summary>What this change weighs.</summary>
    public Severity Severity => Weight ?? Class.Severity;

    /// <summary>Who decides; never empty.</summary>
    public required IReadOnlyList<Decider> Deciders { get; init; }

    /// <summary>The values that differ, at most <see cref="EditsMax"/>.</summary>
    public IReadOnlyList<ChangedValue> Values { get; init; } = [];

    /// <summary>Numbers before and after, with how they come about.</summary>
    public IReadOnlyList<Figure> Figures { get; init; } = [];

    /// <summary>Where it stood in the model before, as <see cref="SourceMap"/> knows it. Unset: it was not there.</summary>
    public string? PathBefore { get; init; }

    /// <summary>Where it stands now. Unset: it is gone.</summary>
    public string? PathAfter { get; init; }

    /// <summary>The place in a file of <see cref="PathAfter"/>, else of <see cref="PathBefore"/>. Unset for models without text.</summary>
    public SourceSpan? Place { get; init; }

    /// <summary>The place is in the state before.</summary>
    public bool IsPlacedBefore { get; init; }

    /// <summary>The environment that alone it is about. Unset: the model itself.</summary>
    public string? Environment { get; init; }

    /// <summary>Most values that one change lists.</summary>
    public const int EditsMax = 40;
}

/// <summary>Who decides about a change.</summary>
/// <param name="Team">Name of a team; null for the architects of the system.</param>
public sealed record Decider(string? Team)
{
    /// <summary>Those who look after the whole.</summary>
    public static Decider Architects { get; } = new((string?)null);

    public override string ToString() => Team is null ? "architects" : $"team {Team}";
}

/// <summary>A value of the model that differs.</summary>
/// <param name="Path">By names: <c>services.orders.calls.catalog.timeout</c>.</param>
/// <param name="Before">As written; null: not there, or the default. Empty: there, without a value of its own.</param>
/// <param name="After">The same, now.</param>
public sealed record ChangedValue(string Path, string? Before, string? After);

/// <summary>A number before and after.</summary>
/// <param name="Name">What is measured: <c>calls in a row behind journey 'buy'</c>.</param>
/// <param name="Unit"><c>calls</c>, <c>%</c>, <c>ms</c>, <c>replicas</c>, …</param>
/// <param name="Before">Null: unknown, or there was none.</param>
/// <param name="After">Null: unknown, or there is none.</param>
/// <param name="TextBefore">How the number came about: <c>99.8%: orders 99.9% x catalog 99.9%</c>.</param>
/// <param name="TextAfter">The same, now.</param>
public sealed record Figure(string Name, string Unit, double? Before, double? After, string TextBefore, string TextAfter);
