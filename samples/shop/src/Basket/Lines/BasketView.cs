namespace Shop.Basket.Lines;

/// <summary>A basket as its customer sees it.</summary>
/// <param name="Stale">True when the catalog could not be asked and the prices are those of the last time.</param>
internal sealed record BasketView(string Id, IReadOnlyList<LineView> Lines, int Quantity, int TotalCents, string Currency, bool Stale)
{
    public static BasketView Of(string id, IReadOnlyList<BasketLine> lines, bool stale) => new(
        id,
        [.. lines.Select(l => new LineView(l.Product, l.Name, l.Quantity, l.PriceCents, l.Quantity * l.PriceCents))],
        lines.Sum(l => l.Quantity),
        lines.Sum(l => l.Quantity * l.PriceCents),
        "EUR",
        stale);
}

internal sealed record LineView(string Product, string Name, int Quantity, int PriceCents, int TotalCents);

/// <summary>A line as it is kept, with the product as it was last seen.</summary>
internal sealed record BasketLine(string Product, string Name, int Quantity, int PriceCents);

internal sealed record PutLineRequest(int Quantity);
