namespace Conway.Artifacts;

/// <summary>Where a generated line comes from.</summary>
/// <param name="Path">The part of the model that it says: <c>services.orders.calls.catalog</c>. Empty: the system as a whole.</param>
/// <param name="Rule">Why it is said, and said so.</param>
public sealed record Origin(string Path, ArtifactRule Rule);
