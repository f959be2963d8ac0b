using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Monolith.Tests.Support;

/// <summary>Somebody who talks HTTP to the shop.</summary>
internal sealed class Shopper(ShopApp shop, HttpClient http)
{
    public const string GoodCard = "4242 4242 4242 4242";

    public static object Home { get; } = new { recipient = "Nora New", street = "Ring 1", postalCode = "10115", city = "Berlin", country = "DE" };

    public HttpClient Http => http;

    public ShopApp Shop => shop;

    public string Email { get; private set; } = "";

    public async Task SignIn(string email, string password)
    {
        Email = email;
        var token = await Post("/api/account/sign-in", new { email, password });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("token").GetString());
    }

    public Task<JsonElement> Get(string path, int status = 200) => Send(HttpMethod.Get, path, null, status);

    public Task<JsonElement> Post(string path, object? body = null, int status = 200) => Send(HttpMethod.Post, path, body, status);

    public Task<JsonElement> Put(string path, object? body = null, int status = 200) => Send(HttpMethod.Put, path, body, status);

    public Task<JsonElement> Delete(string path, int status = 204) => Send(HttpMethod.Delete, path, null, status);

    /// <summary>The answer's JSON; undefined when it has no body.</summary>
    public async Task<JsonElement> Send(HttpMethod method, string path, object? body, int status)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var answer = await http.SendAsync(request, ShopApp.Ct);
        var text = await answer.Content.ReadAsStringAsync(ShopApp.Ct);
        Assert.True((int)answer.StatusCode == status, $"{method} {path} answered {(int)answer.StatusCode}, not {status}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    public async Task<Guid> NewBasket(params (int Product, int Quantity)[] items)
    {
        var basket = (await Post("/api/baskets", status: 201)).GetProperty("token").GetGuid();
        foreach (var (productId, quantity) in items)
            await Post($"/api/baskets/{basket}/items", new { productId, quantity });
        return basket;
    }

    public Task<JsonElement> Order(Guid basket, int status = 201, string card = GoodCard, string carrier = "POST", int pointsToRedeem = 0, object? address = null) =>
        Post("/api/orders", new { basket, address = address ?? Home, carrier, card, pointsToRedeem }, status);

    public async Task<JsonElement> Order(params (int Product, int Quantity)[] items) => await Order(await NewBasket(items));

    /// <summary>An order that has arrived.</summary>
    public async Task<JsonElement> Receive(params (int Product, int Quantity)[] items)
    {
        var number = (await Order(items)).Text("number");
        var staff = await shop.Staff();
        var shipment = (await Get($"/api/orders/{number}/shipments"))[0].Number("id");
        await staff.Post($"/api/shipments/{shipment}/dispatch?trackingCode=PP12345");
        await staff.Post($"/api/shipments/{shipment}/tracking", new { place = "Berlin", text = "Handed over", delivered = true });
        return await Get($"/api/orders/{number}");
    }
}

/// <summary>Short words for what tests read from JSON.</summary>
internal static class JsonReading
{
    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static int Number(this JsonElement element, string name) => element.GetProperty(name).GetInt32();

    public static decimal Amount(this JsonElement element, string name) => element.GetProperty(name).GetDecimal();

    public static JsonElement[] Items(this JsonElement page) => [.. page.GetProperty("items").EnumerateArray()];

    /// <summary>The fields that validation complained about, in order.</summary>
    public static string[] Fields(this JsonElement problem) => [.. problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal)];

    public static string Invariant(this DateTime time) => time.ToString("O", CultureInfo.InvariantCulture);
}
