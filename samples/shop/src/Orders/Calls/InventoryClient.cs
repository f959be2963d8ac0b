using System.Net;

namespace Shop.Orders.Calls;

internal sealed record ReserveRequest(IReadOnlyList<ReserveLine> Lines);

internal sealed record ReserveLine(string Product, int Quantity);

/// <summary>What orders asks of the inventory. All of it may be repeated: a reservation bears the order's id.</summary>
internal sealed class InventoryClient(HttpClient http)
{
    /// <summary>False when there is not enough.</summary>
    public async Task<bool> Reserve(Order order, CancellationToken cancellationToken)
    {
        var request = new ReserveRequest([.. order.Lines.Select(l => new ReserveLine(l.Product, l.Quantity))]);
        using var answer = await http.PutAsJsonAsync($"/reservations/{order.Id}", request, OrdersJson.Default.ReserveRequest, cancellationToken);
        return Accepted(answer);
    }

    /// <summary>False when the reservation is over.</summary>
    public async Task<bool> Commit(Order order, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsync($"/reservations/{order.Id}/commit", null, cancellationToken);
        return Accepted(answer);
    }

    public async Task Release(Order order, CancellationToken cancellationToken)
    {
        using var answer = await http.DeleteAsync($"/reservations/{order.Id}", cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private static bool Accepted(HttpResponseMessage answer)
    {
        if (answer.StatusCode == HttpStatusCode.Conflict)
            return false;
        answer.EnsureSuccessStatusCode();
        return true;
    }
}
