using System.Collections.Concurrent;
using System.Net;

namespace Outfitter.Infrastructure;

/// <summary>Answers in PayGate's place when <c>Payments:Url</c> is not set, so that the shop can be tried without an account there.</summary>
/// <remarks>Refuses 4000 0000 0000 0002 and 4000 0000 0000 9995, and everything above 5,000.00. Keeps the answers of the last keys.</remarks>
public sealed class PayGateSandbox : HttpMessageHandler
{
    private const long CentsMax = 500_000;
    private const int KeysMax = 10_000;
    private readonly ConcurrentDictionary<string, string> _answered = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var key = request.Headers.GetValues("Idempotency-Key").First();
        if (request.RequestUri!.AbsolutePath.EndsWith("/charges", StringComparison.Ordinal))
        {
            var charge = await request.Content!.ReadFromJsonAsync<PayGateRequest>(cancellationToken);
            if (Refusal(charge!) is { } error)
                return Answer(HttpStatusCode.PaymentRequired, new PayGateAnswer(null, error));
        }

        if (_answered.Count >= KeysMax)
            _answered.Clear();
        return Answer(HttpStatusCode.OK, new PayGateAnswer(_answered.GetOrAdd(key, _ => $"pg_{Guid.CreateVersion7():N}"), null));
    }

    private static string? Refusal(PayGateRequest charge) => charge switch
    {
        { Amount: > CentsMax } => "amount_over_limit",
        { Card: "4000000000000002" } => "card_declined",
        { Card: "4000000000009995" } => "insufficient_funds",
        _ => null,
    };

    private static HttpResponseMessage Answer(HttpStatusCode status, PayGateAnswer answer) => new(status) { Content = JsonContent.Create(answer) };
}
