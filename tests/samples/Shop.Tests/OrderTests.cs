using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shop.Tests.Support;

namespace Shop.Tests;

[Collection(nameof(ShopCollection))]
public sealed class OrderTests(ShopFixture fixture)
{
    private readonly RunningShop _shop = fixture.Shop;
    private readonly Customer _customer = new(fixture.Shop);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_is_placed_paid_packed_and_shipped()
    {
        var before = await _customer.Stock("p-0101");

        var id = await _customer.Order("p-0101", quantity: 2);
        var order = await _customer.Sees(id, "shipped");

        Assert.Equal(["placed", "paid", "packed", "shipped"], order.GetProperty("history").EnumerateArray().Select(h => h.GetProperty("status").GetString()));
        Assert.Matches("^CW[0-9A-F]{10}$", order.GetProperty("tracking").GetString()!);
        Assert.Equal(2 * order.GetProperty("lines")[0].GetProperty("priceCents").GetInt32(), order.GetProperty("totalCents").GetInt32());
        Assert.Equal(before - 2, await _customer.Stock("p-0101"));
    }

    [Fact]
    public async Task An_order_can_be_what_is_in_a_basket()
    {
        var basket = await Customer.Json(await _shop.Basket.Http.PostAsync("/api/basket", null, Ct), HttpStatusCode.Created);
        var id = basket.GetProperty("id").GetString()!;
        using var put = await _shop.Basket.Http.PutAsJsonAsync($"/api/basket/{id}/lines/p-0102", new { quantity = 3 }, Ct);
        var total = (await Customer.Json(put, HttpStatusCode.OK)).GetProperty("totalCents").GetInt32();

        using var answer = await _customer.Post(new { basket = id, card = await _customer.Card(), customer = new { name = "Ada", email = "a@b.c", address = "London" } });

        var order = await Customer.Json(answer, HttpStatusCode.Accepted);
        Assert.Equal(total, order.GetProperty("totalCents").GetInt32());
        Assert.Equal($"/api/orders/{order.GetProperty("id").GetString()}", answer.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("4000000000000002", "card_declined", "p-0103")]
    [InlineData("4000 0000 0000 9995", "insufficient_funds", "p-0104")]
    [InlineData("4000000000009987", "lost_card", "p-0105")]
    [InlineData("4000000000000069", "expired_card", "p-0106")]
    public async Task A_refused_card_puts_the_goods_back_on_the_shelf(string number, string reason, string product)
    {
        var before = await _customer.Stock(product);

        var id = await _customer.Order(product, quantity: 2, card: await _customer.Card(number));
        var order = await _customer.Sees(id, "refused");

        Assert.Equal(reason, order.GetProperty("reason").GetString());
        Assert.Equal(before, await _customer.Stock(product));
    }

    [Fact]
    public async Task More_than_may_be_charged_at_once_is_refused()
    {
        const string Product = "p-0935"; // a floor lamp's price, and enough of them
        var product = await _shop.Catalog.Http.GetFromJsonAsync<JsonElement>($"/api/products/{Product}", Ct);
        var before = await _customer.Stock(Product);
        var quantity = 500_000 / product.GetProperty("priceCents").GetInt32() + 1;

        var order = await _customer.Sees(await _customer.Order(Product, quantity), "refused");

        Assert.Equal("amount_over_limit", order.GetProperty("reason").GetString());
        Assert.Equal(before, await _customer.Stock(Product));
    }

    [Fact]
    public async Task What_is_sold_out_is_rejected_and_nothing_is_charged()
    {
        var id = await _customer.Order("p-0097");
        var order = await _customer.Sees(id, "rejected");

        Assert.Equal("out_of_stock", order.GetProperty("reason").GetString());
        using var refunds = await _shop.Payments.Http.PostAsJsonAsync("/payments/refunds", new { order = id }, Ct);
        Assert.Equal(0, (await Customer.Json(refunds, HttpStatusCode.OK)).GetArrayLength());
    }

    [Fact]
    public async Task Everything_wrong_with_an_order_is_said_by_field()
    {
        using var answer = await _customer.Post(new { lines = new[] { new { product = "", quantity = 0 } }, customer = new { name = "", email = "nobody", address = "x" } });

        var errors = (await Customer.Json(answer, HttpStatusCode.BadRequest)).GetProperty("errors");
        Assert.Equal(
            ["card", "customer.name", "customer.email", "lines[0].product", "lines[0].quantity"],
            errors.EnumerateObject().Select(e => e.Name));
    }

    [Fact]
    public async Task A_product_that_does_not_exist_is_an_error_of_its_line()
    {
        using var answer = await _customer.Post(Customer.Wish("p-7777", 1, "tok_x"));

        var errors = (await Customer.Json(answer, HttpStatusCode.BadRequest)).GetProperty("errors");
        Assert.Equal("There is no product 'p-7777'.", errors.GetProperty("lines[0].product")[0].GetString());
    }

    [Fact]
    public async Task The_same_key_twice_is_one_order()
    {
        var (key, card, before) = (Guid.NewGuid().ToString(), await _customer.Card(), await _customer.Stock("p-0107"));

        var first = await _customer.Order("p-0107", card: card, key: key);
        var second = await _customer.Order("p-0107", card: card, key: key);
        await _customer.Sees(first, "shipped");

        Assert.Equal(first, second);
        Assert.Equal(before - 1, await _customer.Stock("p-0107"));
    }

    [Fact]
    public async Task The_same_key_at_the_same_moment_is_one_order()
    {
        var (key, card) = (Guid.NewGuid().ToString(), await _customer.Card());

        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _customer.Order("p-0108", card: card, key: key)));

        Assert.Single(ids.Distinct());
    }

    [Fact]
    public async Task A_key_used_for_something_else_is_refused()
    {
        var (key, card) = (Guid.NewGuid().ToString(), await _customer.Card());
        await _customer.Order("p-0109", 1, card, key);

        using var answer = await _customer.Post(Customer.Wish("p-0109", 2, card), key);

        await Customer.Json(answer, HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task An_order_that_did_not_change_is_not_sent_again()
    {
        var id = await _customer.Order("p-0110");
        await _customer.Sees(id, "shipped");
        using var first = await _shop.Orders.Http.GetAsync($"/api/orders/{id}", Ct);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/orders/{id}") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };

        using var second = await _shop.Orders.Http.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }
}
