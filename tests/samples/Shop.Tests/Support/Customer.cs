using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Shop.Tests.Support;

/// <summary>Does what a customer's browser does.</summary>
internal sealed class Customer(RunningShop shop)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async Task<string> Card(string number = "4242 4242 4242 4242")
    {
        using var answer = await shop.Payments.Http.PostAsJsonAsync("/api/cards", new { number, expiry = "12/39", cvc = "123" }, Ct);
        return (await Json(answer, HttpStatusCode.Created)).GetProperty("token").GetString()!;
    }

    public Task<HttpResponseMessage> Post(object order, string? key = null, string? traceparent = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders") { Content = JsonContent.Create(order) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (traceparent is not null)
            request.Headers.Add("traceparent", traceparent);
        return shop.Orders.Http.SendAsync(request, Ct);
    }

    /// <summary>Orders a product with a card and answers the order's id.</summary>
    public async Task<string> Order(string product, int quantity = 1, string? card = null, string? key = null, string? traceparent = null)
    {
        using var answer = await Post(Wish(product, quantity, card ?? await Card()), key, traceparent);
        return (await Json(answer, HttpStatusCode.Accepted)).GetProperty("id").GetString()!;
    }

    public static object Wish(string product, int quantity, string card) => new
    {
        lines = new[] { new { product, quantity } },
        card,
        customer = new { name = "Ada Lovelace", email = "ada@example.com", address = "12 St James's Square" },
    };

    /// <summary>Looks at the order until it has come to this status.</summary>
    public async Task<JsonElement> Sees(string order, string status)
    {
        JsonElement seen = default;
        await Until(async () => (seen = await shop.Orders.Http.GetFromJsonAsync<JsonElement>($"/api/orders/{order}", Ct)).GetProperty("status").GetString() == status,
            () => $"order {order} to be {status}; it is {seen}");
        return seen;
    }

    public async Task<int> Stock(string product) =>
        (await shop.Inventory.Http.GetFromJsonAsync<JsonElement>($"/api/stock/{product}", Ct)).GetProperty("available").GetInt32();

    public static async Task Until(Func<Task<bool>> condition, Func<string> what)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition())
        {
            Assert.False(late.IsCancellationRequested, $"Waited 30 s in vain for {what()}");
            await Task.Delay(25, Ct);
        }
    }

    public static async Task<JsonElement> Json(HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode} instead of {(int)status}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }
}
