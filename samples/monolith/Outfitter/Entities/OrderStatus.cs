namespace Outfitter.Entities;

/// <summary>Where an order is on its way.</summary>
/// <remarks><code>
/// Placed ──► Shipped ──► Delivered ──► Completed   (too late to give it back)
///   └──► Cancelled           └──► Returned
/// </code></remarks>
public enum OrderStatus
{
    Placed,
    Shipped,
    Delivered,
    Completed,
    Cancelled,
    Returned,
}
