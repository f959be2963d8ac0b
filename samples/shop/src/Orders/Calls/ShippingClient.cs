namespace Shop.Orders.Calls;

internal sealed record ShipRequest(IReadOnlyList<ReserveLine> Lines);

/// <param name="State"><c>accepted</c>, <c>packed</c> or <c>shipped</c>.</param>
internal sealed record Shipment(string State, string Tracking);

/// <summary>What orders asks of shipping.</summary>
internal sealed class ShippingClient(HttpClient http)
{
    /// <summary>Asks for the shipment, the first time, and how far it is, every time.</summary>
    public async Task<Shipment> Ship(Order order, CancellationToken cancellationToken)
    {
        var request = new ShipRequest([.. order.Lines.Select(l => new ReserveLine(l.Product, l.Quantity))]);
        using var answer = await http.PutAsJsonAsync($"/shipments/{order.Id}", request, OrdersJson.Default.ShipRequest, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync(OrdersJson.Default.Shipment, cancellationToken))!;
    }
}
