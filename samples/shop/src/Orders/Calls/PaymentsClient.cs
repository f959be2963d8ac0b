using System.Net;

namespace Shop.Orders.Calls;

internal sealed record ChargeRequest(string Order, int AmountCents, string Currency, string Card);

internal sealed record RefundRequest(string Order);

/// <summary>The part of a problem that says why.</summary>
internal sealed record Refusal(string? Code);

/// <summary>What orders asks of payments. All of it may be repeated: the order's id is the idempotency key.</summary>
internal sealed class PaymentsClient(HttpClient http)
{
    /// <summary>Why the payment was refused; null when the money is there.</summary>
    public async Task<string?> Charge(Order order, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/payments")
        {
            Headers = { { "Idempotency-Key", order.Id } },
            Content = JsonContent.Create(new ChargeRequest(order.Id, order.TotalCents, "EUR", order.Card), OrdersJson.Default.ChargeRequest),
        };
        using var answer = await http.SendAsync(request, cancellationToken);
        switch (answer.StatusCode)
        {
            case HttpStatusCode.PaymentRequired:
                var refusal = await answer.Content.ReadFromJsonAsync(OrdersJson.Default.Refusal, cancellationToken);
                return refusal?.Code ?? "refused";
            case HttpStatusCode.BadRequest:
                return "unknown_card"; // all else in the request is ours and right
            default:
                answer.EnsureSuccessStatusCode();
                return null;
        }
    }

    /// <summary>Gives back whatever the order paid, if anything.</summary>
    public async Task Refund(Order order, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync("/payments/refunds", new RefundRequest(order.Id), OrdersJson.Default.RefundRequest, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
