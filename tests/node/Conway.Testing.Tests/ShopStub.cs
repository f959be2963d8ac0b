using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Conway.Testing.Tests;

/// <summary>Enough of the sample shop's API to buy something, and strict about what it is sent.</summary>
internal sealed class ShopStub
{
    private readonly ConcurrentDictionary<string, string> _baskets = new();
    private readonly ConcurrentDictionary<string, int> _looks = new();

    public Task AnswerAsync(HttpContext http)
    {
        var asked = (StubSystem.Asked)http.Items["asked"]!;
        var parts = http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (status, body) = (asked.Method, parts) switch
        {
            ("GET", ["api", "products"]) => (200, $$"""{"items":[{{string.Join(',', Enumerable.Range(1, 90).Select(i => $$"""{"id":"p-{{i}}","priceCents":{{i}}00}"""))}}]}"""),
            ("GET", ["api", "products", var id]) => (200, $$"""{"id":"{{id}}","priceCents":1900}"""),
            ("GET", ["api", "stock", var id]) => (200, $$"""{"product":"{{id}}","available":3}"""),
            ("POST", ["api", "basket"]) => (201, $$"""{"id":"{{NewBasket()}}"}"""),
            ("PUT", ["api", "basket", var id, "lines", var product]) => (Put(id, product, asked.Body) ? 200 : 400, "{}"),
            ("DELETE", ["api", "basket", var id]) => (_baskets.TryRemove(id, out _) ? 204 : 404, ""),
            ("POST", ["api", "cards"]) => (Json(asked.Body).GetProperty("number").GetString() == "4242 4242 4242 4242" ? 201 : 422, """{"token":"tok-1"}"""),
            ("POST", ["api", "orders"]) => (IsOrder(asked) ? 202 : 400, """{"id":"o-1","status":"placed"}"""),
            ("GET", ["api", "orders", var id]) => (200, $$"""{"id":"{{id}}","status":"{{(_looks.AddOrUpdate(id, 1, (_, n) => n + 1) < 3 ? "paid" : "shipped")}}"}"""),
            _ => (404, "{}"),
        };
        return status == 204 ? NoContent(http) : StubSystem.Answer(http, status, body);
    }

    private string NewBasket()
    {
        var id = $"b-{_baskets.Count + 1}";
        _baskets[id] = "";
        return id;
    }

    private bool Put(string basket, string product, string body) =>
        product.StartsWith("p-", StringComparison.Ordinal) && Json(body).GetProperty("quantity").GetInt32() == 1 && _baskets.TryUpdate(basket, product, "");

    private bool IsOrder(StubSystem.Asked asked)
    {
        var order = Json(asked.Body);
        var basket = order.GetProperty("basket").GetString()!;
        return asked.Headers["Idempotency-Key"] == basket && _baskets.GetValueOrDefault(basket, "") != "" && order.GetProperty("card").GetString() == "tok-1"
            && order.GetProperty("customer").GetProperty("name").GetString() == "Ada Lovelace";
    }

    private static Task NoContent(HttpContext http)
    {
        http.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);
}
