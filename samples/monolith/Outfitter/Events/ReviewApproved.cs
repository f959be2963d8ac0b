namespace Outfitter.Events;

/// <summary>A review may be read by everybody, or may not any more.</summary>
public sealed record ReviewApproved(int ReviewId, int ProductId);
