namespace Shop.Orders;

/// <summary>An order, from the customer's click to the parcel's leaving.</summary>
/// <param name="Card">Token of the card, as payments gave it; the number was never here.</param>
/// <param name="Traceparent">The trace of the request that placed it, so that everything done for it later is seen there.</param>
/// <param name="Attempts">Failures in a row of the present step.</param>
internal sealed record Order(
    string Id,
    OrderStatus Status,
    Customer Customer,
    string Card,
    IReadOnlyList<OrderLine> Lines,
    int TotalCents,
    string? Reason = null,
    string? Tracking = null,
    string? Traceparent = null,
    int Attempts = 0);

internal sealed record OrderLine(string Product, string Name, int Quantity, int PriceCents);

internal sealed record Customer(string? Name, string? Email, string? Address);

/// <summary>Where an order is on its way.</summary>
/// <remarks><code>
/// Placed ──► Paid ──► Packed ──► Shipped
///   ├──► Rejected   (not enough in stock)
///   └──► Refused    (the payment was refused; the goods are back on the shelf)
/// </code></remarks>
internal enum OrderStatus
{
    /// <summary>Accepted and written down. Nothing else has happened for sure.</summary>
    Placed,

    /// <summary>The money is there and the goods are ours to send.</summary>
    Paid,

    /// <summary>In a parcel.</summary>
    Packed,

    /// <summary>On its way to the customer. The end.</summary>
    Shipped,

    /// <summary>There was not enough in stock; nothing was charged, or it was given back. The end.</summary>
    Rejected,

    /// <summary>The payment was refused. The end.</summary>
    Refused,
}
