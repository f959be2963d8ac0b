namespace Shop.Inventory.Stock;

/// <summary>How many of a product can be promised now: what is on the shelf and not reserved.</summary>
internal sealed record StockLevel(string Product, int Available);
