namespace Outfitter.Events;

public sealed record OrderCancelled(int OrderId, string Number);
