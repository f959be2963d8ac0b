using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Monolith.Tests.Support;

/// <summary>The payment provider, as the shop's HTTP client sees it.</summary>
internal sealed class FakePayGate : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, string> _answered = new();
    private int _numbers;

    /// <summary>Everything that was asked, in order.</summary>
    public ConcurrentQueue<Request> Requests { get; } = new();

    /// <summary>Refuses charges with this code.</summary>
    public string? Refuse { get; set; }

    /// <summary>Does not answer any more.</summary>
    public bool Broken { get; set; }

    /// <summary>Calls every charge so, whatever the key.</summary>
    public string? CallEverything { get; set; }

    /// <summary>What it holds of the customers' money, in cents.</summary>
    public long Balance { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await request.Content!.ReadFromJsonAsync<JsonElement>(cancellationToken);
        var asked = new Request(
            request.RequestUri!.AbsolutePath, request.Headers.GetValues("Idempotency-Key").Single(), request.Headers.Authorization?.ToString(), body.GetProperty("amount").GetInt64(), body.ToString());
        Requests.Enqueue(asked);
        if (Broken)
            throw new HttpRequestException("Connection refused");
        var isCharge = asked.Path == "/v1/charges";
        if (isCharge && Refuse is { } code)
            return new HttpResponseMessage(HttpStatusCode.PaymentRequired) { Content = JsonContent.Create(new { error = code }) };

        lock (_answered)
        {
            if (_answered.TryAdd(asked.Key, CallEverything ?? "ch_" + Interlocked.Increment(ref _numbers).ToString(CultureInfo.InvariantCulture)))
                Balance += isCharge ? asked.Amount : -asked.Amount;
        }

        return new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(new { id = _answered[asked.Key] }) };
    }

    public sealed record Request(string Path, string Key, string? Authorization, long Amount, string Body);
}
