using System.Net;

namespace Shop.Orders.Calls;

internal sealed record BasketAnswer(IReadOnlyList<BasketLine> Lines);

internal sealed record BasketLine(string Product, int Quantity);

/// <summary>What orders asks of baskets.</summary>
internal sealed class BasketClient(HttpClient http)
{
    /// <summary>Null when there is no such basket.</summary>
    public async Task<BasketAnswer?> Find(string id, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync($"/api/basket/{Uri.EscapeDataString(id)}", cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return null;
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync(OrdersJson.Default.BasketAnswer, cancellationToken);
    }
}
