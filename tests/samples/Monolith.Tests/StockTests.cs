using Monolith.Tests.Support;

namespace Monolith.Tests;

public sealed class StockTests(ShopApp shop) : IClassFixture<ShopApp>
{
    [Fact]
    public async Task What_was_counted_changes_the_stock_and_says_why()
    {
        var staff = await shop.Staff();
        var before = (await staff.Get("/api/stock/10"))[0].Number("onHand");

        var after = await staff.Post("/api/stock/10/adjustments", new { warehouse = "HAM", difference = -2, reason = "Broken zips" });

        Assert.Equal(before - 2, after[0].Number("onHand"));
        var movement = (await staff.Get("/api/stock/10/movements")).Items()[0];
        Assert.Equal(("Adjusted", -2, "Broken zips"), (movement.Text("kind"), movement.Number("quantity"), movement.Text("reason")));
    }

    [Fact]
    public async Task What_is_promised_to_customers_cannot_be_counted_away()
    {
        var staff = await shop.Staff();
        await (await shop.NewCustomer()).Order((11, 3));
        var onHand = (await staff.Get("/api/stock/11"))[0].Number("onHand");

        var problem = await staff.Post("/api/stock/11/adjustments", new { warehouse = "HAM", difference = -onHand, reason = "Fire" }, 422);

        Assert.Equal("3 pieces are promised to customers; there cannot be only 0.", problem.Text("detail"));
    }

    [Fact]
    public async Task An_order_is_filled_from_the_second_warehouse_when_the_first_has_too_little()
    {
        var staff = await shop.Staff();
        var levels = await staff.Get("/api/stock/12");
        await staff.Post("/api/stock/12/adjustments", new { warehouse = "HAM", difference = 1 - levels[0].Number("onHand"), reason = "Moved" });

        await (await shop.NewCustomer()).Order((12, 2));

        var after = await staff.Get("/api/stock/12");
        Assert.Equal((0, 2), (after[0].Number("reserved"), after[1].Number("reserved")));
    }

    [Fact]
    public async Task What_runs_out_is_bought_once_and_received_into_stock()
    {
        await using var own = new ShopApp();
        var staff = await own.Staff();
        var before = (await staff.Get("/api/stock/14"))[0].Number("onHand");

        var proposed = (await staff.Post("/api/purchase-orders/propose")).EnumerateArray().ToList();
        var order = proposed.First(p => p.GetProperty("lines").EnumerateArray().Any(l => l.Number("productId") == 14) && p.Text("warehouse") == "HAM");
        Assert.Empty((await staff.Post("/api/purchase-orders/propose")).EnumerateArray());
        await staff.Post($"/api/purchase-orders/{order.Number("id")}/receive", status: 409);
        await staff.Post($"/api/purchase-orders/{order.Number("id")}/send");
        await staff.Post($"/api/purchase-orders/{order.Number("id")}/receive");

        Assert.Equal(before + 20, (await staff.Get("/api/stock/14"))[0].Number("onHand"));
        var mail = (await staff.Get("/api/admin/emails")).Items().Single(m => m.Text("subject") == $"Purchase order {order.Text("number")}");
        Assert.Contains("  20 x STV-113 Birch stove", mail.Text("body"), StringComparison.Ordinal);
    }
}
