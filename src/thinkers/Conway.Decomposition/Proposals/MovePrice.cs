using Conway.Decomposition.Pricing;

namespace Conway.Decomposition.Proposals;

/// <summary>What a cut costs before and after one unit moves.</summary>
public readonly record struct MovePrice(Price Before, Price After, double TotalBefore, double TotalAfter);
