using System.Collections.Immutable;

namespace Conway.Decomposition.Linking;

/// <summary>One unit is drawn to another, for one kind of reason.</summary>
/// <param name="From">The unit that uses; for reasons without direction the lesser.</param>
/// <param name="To">The unit that is used.</param>
/// <param name="Evidence">The kind of reason.</param>
/// <param name="Weight">How strongly; above 0.</param>
/// <param name="Facts">Indexes into the table of facts that the kind is read from, in their order.</param>
public sealed record Link(int From, int To, EvidenceKind Evidence, long Weight, ImmutableArray<int> Facts);

/// <summary>Why units are drawn together.</summary>
public enum EvidenceKind
{
    /// <summary>One uses the other in code. Facts: edges.</summary>
    Code,

    /// <summary>What is stored refers to each other, or is read or written. Facts: relations.</summary>
    Relations,

    /// <summary>A query joins both. Facts: joins.</summary>
    Joins,

    /// <summary>One reads or writes the other's table. Facts: accesses.</summary>
    Data,

    /// <summary>A use case writes both. Facts: use cases.</summary>
    Transactions,

    /// <summary>Their files changed in the same commits. Facts: pairs of files.</summary>
    History,
}
