using System.Net;
using System.Text.Json;
using Outfitter.Common;

namespace Outfitter.Infrastructure;

/// <summary>PayGate's HTTP API.</summary>
public sealed class PayGateClient(HttpClient http) : IPaymentGateway
{
    public Task<string> ChargeAsync(string key, Money amount, string card, CancellationToken ct) => SendAsync("v1/charges", key, new PayGateRequest(amount.Cents, "EUR", Card: card), ct);

    public Task<string> RefundAsync(string key, string charge, Money amount, CancellationToken ct) => SendAsync("v1/refunds", key, new PayGateRequest(amount.Cents, "EUR", Charge: charge), ct);

    private async Task<string> SendAsync(string path, string key, PayGateRequest body, CancellationToken ct)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body), Headers = { { "Idempotency-Key", key } } };
            using var answer = await http.SendAsync(request, ct);
            if (answer.StatusCode == HttpStatusCode.PaymentRequired)
                throw new PaymentRefusedException((await answer.Content.ReadFromJsonAsync<PayGateAnswer>(ct))?.Error ?? "refused");
            answer.EnsureSuccessStatusCode();
            return (await answer.Content.ReadFromJsonAsync<PayGateAnswer>(ct))?.Id ?? throw new PaymentUnavailableException();
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is TaskCanceledException && !ct.IsCancellationRequested))
        {
            throw new PaymentUnavailableException();
        }
    }
}

/// <param name="Amount">In cents.</param>
/// <param name="Card">What to charge.</param>
/// <param name="Charge">What to refund.</param>
public sealed record PayGateRequest(long Amount, string Currency, string? Card = null, string? Charge = null);

/// <param name="Id">Of the charge or refund.</param>
/// <param name="Error">Why it was refused.</param>
public sealed record PayGateAnswer(string? Id, string? Error);
