using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shop.Tests.Support;

namespace Shop.Tests;

[Collection(nameof(ShopCollection))]
public sealed class InterruptionTests(ShopFixture fixture)
{
    private readonly RunningShop _shop = fixture.Shop;
    private readonly Customer _customer = new(fixture.Shop);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orders_survive_kill_9_at_any_moment_and_each_is_charged_and_shipped_once()
    {
        const int Wished = 6;
        var before = await _customer.Stock("p-0201");
        var card = await _customer.Card();

        var ids = new List<string>();
        for (var i = 0; i < Wished; i++)
        {
            ids.Add(await _customer.Order("p-0201", card: card));
            if (i % 2 == 1)
            {
                await _shop.Orders.Kill(Ct); // with orders in every state
                await _shop.Orders.Start(Ct);
            }
        }

        foreach (var id in ids)
        {
            await _customer.Sees(id, "shipped");
            using var refunds = await _shop.Payments.Http.PostAsJsonAsync("/payments/refunds", new { order = id }, Ct);
            Assert.Equal(1, (await Customer.Json(refunds, HttpStatusCode.OK)).GetArrayLength());
        }

        Assert.Equal(before - Wished, await _customer.Stock("p-0201"));
    }

    [Fact]
    public async Task An_order_waits_for_payments_to_come_back()
    {
        var card = await _customer.Card();
        await _shop.Payments.Kill(Ct);
        var id = await _customer.Order("p-0202", card: card);
        await Customer.Until(() => Task.FromResult(_shop.Orders.Output.Contains($"Order {id} stays Placed", StringComparison.Ordinal)), () => "orders to find payments gone");

        await _shop.Payments.Start(Ct);

        await _customer.Sees(id, "shipped");
    }

    [Fact]
    public async Task A_parcel_is_sent_also_when_shipping_was_killed_meanwhile()
    {
        var id = await _customer.Order("p-0203");
        await Customer.Until(async () => (await _shop.Shipping.Http.GetAsync($"/shipments/{id}", Ct)).IsSuccessStatusCode, () => "the shipment to be accepted");

        await _shop.Shipping.Kill(Ct);
        await _shop.Shipping.Start(Ct);

        await _customer.Sees(id, "shipped");
    }

    [Fact]
    public async Task A_basket_without_its_catalog_shows_the_last_known_prices()
    {
        var id = (await Customer.Json(await _shop.Basket.Http.PostAsync("/api/basket", null, Ct), HttpStatusCode.Created)).GetProperty("id").GetString()!;
        await _shop.Basket.Http.PutAsJsonAsync($"/api/basket/{id}/lines/p-0204", new { quantity = 2 }, Ct);
        await using var alone = _shop.Another("basket", ("CATALOG_URL", "http://127.0.0.1:1"));
        await alone.Start(Ct);

        var with = await _shop.Basket.Http.GetFromJsonAsync<JsonElement>($"/api/basket/{id}", Ct);
        var without = await alone.Http.GetFromJsonAsync<JsonElement>($"/api/basket/{id}", Ct);

        Assert.False(with.GetProperty("stale").GetBoolean());
        Assert.True(without.GetProperty("stale").GetBoolean());
        Assert.Equal(with.GetProperty("totalCents").GetInt32(), without.GetProperty("totalCents").GetInt32());
    }

    [Fact]
    public async Task Sigterm_ends_every_service_in_order()
    {
        var codes = await Task.WhenAll(_shop.All.Select(s => s.Terminate(Ct))).WaitAsync(TimeSpan.FromSeconds(30), Ct);

        Assert.All(codes, code => Assert.Equal(0, code));

        await Task.WhenAll(_shop.All.Select(s => s.Start(Ct)));
    }
}
