using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Shop.Tests.Support;

namespace Shop.Tests;

/// <summary>What each service promises by itself.</summary>
[Collection(nameof(ShopCollection))]
public sealed class PartTests(ShopFixture fixture)
{
    private readonly RunningShop _shop = fixture.Shop;
    private readonly Customer _customer = new(fixture.Shop);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reservation_that_nobody_comes_for_goes_back_on_the_shelf()
    {
        var before = await _customer.Stock("p-0301");
        using var reserved = await _shop.Inventory.Http.PutAsJsonAsync(
            "/reservations/nobody", new { lines = new[] { new { product = "p-0301", quantity = 3 } }, holdSeconds = 1 }, Ct);
        await Customer.Json(reserved, HttpStatusCode.OK);
        Assert.Equal(before - 3, await _customer.Stock("p-0301"));

        await Customer.Until(async () => await _customer.Stock("p-0301") == before, () => "the goods to come back");

        using var late = await _shop.Inventory.Http.PostAsync("/reservations/nobody/commit", null, Ct);
        await Customer.Json(late, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_reservation_takes_all_or_nothing_and_says_what_is_missing()
    {
        var before = await _customer.Stock("p-0302");
        using var answer = await _shop.Inventory.Http.PutAsJsonAsync(
            "/reservations/greedy", new { lines = new[] { new { product = "p-0302", quantity = 1 }, new { product = "p-0194", quantity = 5 } } }, Ct);

        var problem = await Customer.Json(answer, HttpStatusCode.Conflict);
        Assert.Equal("""[{"product":"p-0194","wanted":5,"available":0}]""", problem.GetProperty("missing").GetRawText());
        Assert.Equal(before, await _customer.Stock("p-0302"));
    }

    [Fact]
    public async Task Nothing_is_delivered_for_goods_that_may_come_back()
    {
        var before = await _customer.Stock("p-0304");
        await Reserve("may-come-back", "p-0304", before);

        // Another product that is gone for good is delivered: so the warehouse has looked since.
        await Reserve("gone", "p-0305", await _customer.Stock("p-0305"));
        using var gone = await _shop.Inventory.Http.PostAsync("/reservations/gone/commit", null, Ct);
        await Customer.Json(gone, HttpStatusCode.OK);
        await Customer.Until(async () => await _customer.Stock("p-0305") > 0, () => "a delivery");

        using var released = await _shop.Inventory.Http.DeleteAsync("/reservations/may-come-back", Ct);
        Assert.Equal(HttpStatusCode.NoContent, released.StatusCode);
        Assert.Equal(before, await _customer.Stock("p-0304"));

        async Task Reserve(string order, string product, int quantity)
        {
            using var reserved = await _shop.Inventory.Http.PutAsJsonAsync($"/reservations/{order}", new { lines = new[] { new { product, quantity } } }, Ct);
            await Customer.Json(reserved, HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task The_last_pieces_are_never_promised_twice()
    {
        var available = await _customer.Stock("p-0303");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => _shop.Inventory.Http.PutAsJsonAsync(
            $"/reservations/race-{i}", new { lines = new[] { new { product = "p-0303", quantity = available / 2 + 1 } } }, Ct)));

        Assert.Single(answers, a => a.IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_payment_is_made_once_for_a_key()
    {
        var charge = new { order = "o-once", amountCents = 1000, currency = "EUR", card = await _customer.Card() };

        var first = await Pay("key-once", charge);
        var second = await Pay("key-once", charge);

        Assert.Equal(
            (await Customer.Json(first, HttpStatusCode.Created)).GetProperty("id").GetString(),
            (await Customer.Json(second, HttpStatusCode.Created)).GetProperty("id").GetString());
        await Customer.Json(await Pay("key-once", charge with { amountCents = 2000 }), HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_payment_without_a_key_is_refused()
    {
        using var answer = await _shop.Payments.Http.PostAsJsonAsync("/payments", new { order = "o", amountCents = -1, currency = "USD" }, Ct);

        var errors = (await Customer.Json(answer, HttpStatusCode.BadRequest)).GetProperty("errors");
        Assert.Equal(["Idempotency-Key", "amountCents", "currency", "card"], errors.EnumerateObject().Select(e => e.Name));
    }

    [Fact]
    public async Task A_card_number_is_neither_kept_nor_logged()
    {
        await _customer.Card("5555 5555 5555 4444");

        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(_shop.StoreOf("payments"))!, "payments-db.db*"))
        {
            await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            await open.CopyToAsync(bytes, Ct);
            var text = Encoding.Latin1.GetString(bytes.ToArray());
            Assert.DoesNotContain("555555555555", text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("5555 5555", _shop.Payments.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4242424242424241", "12/39", "123", "number")]
    [InlineData("4242424242424242", "01/20", "123", "expiry")]
    [InlineData("4242424242424242", "13/39", "123", "expiry")]
    [InlineData("4242424242424242", "12/39", "12a", "cvc")]
    public async Task A_card_that_cannot_be_is_refused_by_field(string number, string expiry, string cvc, string field)
    {
        using var answer = await _shop.Payments.Http.PostAsJsonAsync("/api/cards", new { number, expiry, cvc }, Ct);

        var errors = (await Customer.Json(answer, HttpStatusCode.BadRequest)).GetProperty("errors");
        Assert.Equal(field, Assert.Single(errors.EnumerateObject()).Name);
    }

    [Fact]
    public async Task A_basket_adds_up_and_forgets_what_is_taken_out()
    {
        var id = (await Customer.Json(await _shop.Basket.Http.PostAsync("/api/basket", null, Ct), HttpStatusCode.Created)).GetProperty("id").GetString()!;
        var two = await Put(id, "p-0304", 2);
        var more = await Put(id, "p-0305", 1);
        var less = await Put(id, "p-0304", 0);

        Assert.Equal(2, two.GetProperty("quantity").GetInt32());
        Assert.Equal(more.GetProperty("lines").EnumerateArray().Sum(l => l.GetProperty("totalCents").GetInt32()), more.GetProperty("totalCents").GetInt32());
        Assert.Equal("p-0305", Assert.Single(less.GetProperty("lines").EnumerateArray()).GetProperty("product").GetString());
    }

    [Fact]
    public async Task A_basket_refuses_what_cannot_be_bought()
    {
        var id = (await Customer.Json(await _shop.Basket.Http.PostAsync("/api/basket", null, Ct), HttpStatusCode.Created)).GetProperty("id").GetString()!;

        using var tooMany = await _shop.Basket.Http.PutAsJsonAsync($"/api/basket/{id}/lines/p-0304", new { quantity = 100 }, Ct);
        using var unknown = await _shop.Basket.Http.PutAsJsonAsync($"/api/basket/{id}/lines/p-7777", new { quantity = 1 }, Ct);
        using var noBasket = await _shop.Basket.Http.PutAsJsonAsync("/api/basket/b-x/lines/p-0304", new { quantity = 1 }, Ct);

        Assert.True((await Customer.Json(tooMany, HttpStatusCode.BadRequest)).GetProperty("errors").TryGetProperty("quantity", out _));
        Assert.True((await Customer.Json(unknown, HttpStatusCode.BadRequest)).GetProperty("errors").TryGetProperty("product", out _));
        await Customer.Json(noBasket, HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("{", "The body is not JSON.")]
    [InlineData("{}", "The shipment cannot be accepted as it is.")]
    [InlineData("""{"lines":[{"product":"p","quantity":1.5}]}""", "The shipment cannot be accepted as it is.")]
    public async Task Shipping_answers_nonsense_with_a_problem(string body, string detail)
    {
        using var answer = await _shop.Shipping.Http.PutAsync("/shipments/o-nonsense", new StringContent(body), Ct);

        var problem = await Customer.Json(answer, HttpStatusCode.BadRequest);
        Assert.Equal(detail, problem.GetProperty("detail").GetString());
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Shipping_sends_an_order_once()
    {
        var body = new { lines = new[] { new { product = "p-0001", quantity = 1 } } };
        using var first = await _shop.Shipping.Http.PutAsJsonAsync("/shipments/o-twice", body, Ct);
        using var second = await _shop.Shipping.Http.PutAsJsonAsync("/shipments/o-twice", body, Ct);

        Assert.Equal(
            (await Customer.Json(first, HttpStatusCode.Created)).GetProperty("tracking").GetString(),
            (await Customer.Json(second, HttpStatusCode.OK)).GetProperty("tracking").GetString());
    }

    private Task<HttpResponseMessage> Pay(string key, object charge) => _shop.Payments.Http.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, "/payments") { Headers = { { "Idempotency-Key", key } }, Content = JsonContent.Create(charge) }, Ct);

    private async Task<JsonElement> Put(string basket, string product, int quantity)
    {
        using var answer = await _shop.Basket.Http.PutAsJsonAsync($"/api/basket/{basket}/lines/{product}", new { quantity }, Ct);
        return await Customer.Json(answer, HttpStatusCode.OK);
    }
}
