namespace Shop.Orders.Following;

/// <summary>An order as its customer sees it. It says nothing of name, address and card: whoever has the link can read it.</summary>
internal sealed record OrderView(
    string Id, string Status, string? Reason, string? Tracking, IReadOnlyList<OrderLineView> Lines, int TotalCents, string Currency, IReadOnlyList<OrderEvent> History)
{
    public static OrderView Of(Order order, IEnumerable<(OrderStatus Status, DateTimeOffset At)> history) => new(
        order.Id,
        Word(order.Status),
        order.Reason,
        order.Tracking,
        [.. order.Lines.Select(l => new OrderLineView(l.Product, l.Name, l.Quantity, l.PriceCents, l.Quantity * l.PriceCents))],
        order.TotalCents,
        "EUR",
        [.. history.Select(h => new OrderEvent(Word(h.Status), h.At))]);

    private static string Word(OrderStatus status) => status.ToString().ToLowerInvariant();
}

internal sealed record OrderLineView(string Product, string Name, int Quantity, int PriceCents, int TotalCents);

internal sealed record OrderEvent(string Status, DateTimeOffset At);
