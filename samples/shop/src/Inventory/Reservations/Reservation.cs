namespace Shop.Inventory.Reservations;

/// <summary>Goods set aside for an order until it is paid for, or until nobody came for them.</summary>
/// <param name="Order">The order's id; one reservation for each order.</param>
/// <param name="State"><c>held</c>, <c>committed</c> (paid for, gone) or <c>released</c> (back on the shelf).</param>
internal sealed record Reservation(string Order, string State, DateTimeOffset ExpiresAt);

internal sealed record ReservationLine(string Product, int Quantity);

/// <summary>A product of which there is not enough.</summary>
internal sealed record Shortage(string Product, int Wanted, int Available);

internal sealed record ReserveRequest(IReadOnlyList<ReservationLine>? Lines, int HoldSeconds = ReserveRequest.HoldDefault)
{
    public const int HoldDefault = 120;
    public const int HoldMax = 3600;
}
