namespace Conway.CodeFacts.Bench;

/// <summary>The entities and tables that a system really has.</summary>
internal sealed record Truth
{
    public required string Source { get; init; }

    public required HashSet<string> Entities { get; init; }

    public required HashSet<string> Tables { get; init; }

    /// <summary>Names that are neither right nor wrong: stored by a package, or not decided by whoever labelled.</summary>
    public HashSet<string> Allowed { get; init; } = [];

    /// <summary>Entities are named without their namespace.</summary>
    public bool ShortNames { get; init; }

    /// <summary>Tables that only SQL names count too.</summary>
    public bool AllTables { get; init; }

    /// <summary>Names of the contexts that it speaks about; null for everything that is stored.</summary>
    public HashSet<string>? Contexts { get; init; }

    /// <summary>Files that the reader is not shown.</summary>
    public Func<string, bool> Veil { get; init; } = _ => false;
}
