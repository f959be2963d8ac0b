namespace Conway.Checks.Boundaries;

/// <summary>How well a service's boundary is drawn, as far as it can be told.</summary>
/// <param name="Service">Which service.</param>
/// <param name="Parts">What the score is made of, always in the same order.</param>
public sealed record BoundaryScore(string Service, IReadOnlyList<BoundaryPart> Parts)
{
    /// <summary>The mean of the parts that are known, 0 to 1; null when none is.</summary>
    public double? Score => Parts.Any(p => p.Value is not null) ? Parts.Where(p => p.Value is not null).Average(p => p.Value!.Value) : null;
}

/// <summary>One side of a boundary.</summary>
/// <param name="Name"><c>cohesion</c>, <c>coupling</c>, <c>ownership</c>, <c>team</c> or <c>load</c>.</param>
/// <param name="Value">From 0 (bad) to 1 (good); null when nothing tells.</param>
/// <param name="Says">What it was made of, or what is missing.</param>
public sealed record BoundaryPart(string Name, double? Value, string Says);
