namespace Conway.Decomposition.Measures;

/// <summary>How often one node calls another. Each ordered pair at most once in a list.</summary>
/// <param name="From">The caller; a node of the partition.</param>
/// <param name="To">The callee; the same as <paramref name="From"/> for calls within a class.</param>
/// <param name="Volume">How often: call sites, or calls seen by traces. At least 1.</param>
public readonly record struct CallVolume(int From, int To, long Volume);
