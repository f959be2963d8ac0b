namespace Outfitter.Events;

/// <summary>An order was placed and paid.</summary>
public sealed record OrderPlaced(int OrderId, string Number, int CustomerId);
