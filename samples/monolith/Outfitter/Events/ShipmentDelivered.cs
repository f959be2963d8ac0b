namespace Outfitter.Events;

/// <summary>A parcel is in the customer's hands.</summary>
public sealed record ShipmentDelivered(int ShipmentId, int OrderId);
