using System.Text.Json;
using Monolith.Tests.Support;

namespace Monolith.Tests;

public sealed class NightTests
{
    [Fact]
    public async Task The_nights_work_begins_when_its_hour_comes()
    {
        await using var shop = new ShopApp { Nights = true }.With("Jobs:NightlyAt", "04:15");
        await (await shop.NewCustomer()).Order((20, 2));

        shop.Time.Advance(TimeSpan.FromHours(18));
        Assert.DoesNotContain("2026-03-02", await LastDays(shop), StringComparison.Ordinal);
        shop.Time.Advance(TimeSpan.FromMinutes(16));

        await Eventually.True(async () => (await LastDays(shop)).Contains("2026-03-02 Web", StringComparison.Ordinal), "the sales of the day are written down");
    }

    [Fact]
    public async Task Where_nothing_happened_there_is_nothing_to_do_a_second_time()
    {
        await using var shop = new ShopApp();
        await Night(shop);

        Assert.Equal(
            """{"promotionsEnded":0,"basketsDeleted":0,"customersReminded":0,"ordersCompleted":0,"pointsExpired":0,"purchasesProposed":0,"channelsWritten":0}""",
            (await Night(shop)).ToString());
    }

    [Fact]
    public async Task A_basket_is_remembered_once_and_thrown_away_after_a_month()
    {
        await using var shop = new ShopApp();
        var customer = await shop.NewCustomer(wantsNewsletter: true);
        var basket = await customer.NewBasket((21, 1));
        await (await shop.NewCustomer(wantsNewsletter: false)).NewBasket((21, 1));
        await shop.Anybody().NewBasket((21, 1));
        shop.Time.Advance(TimeSpan.FromHours(25));

        Assert.Equal(1, (await Night(shop)).Number("customersReminded"));
        Assert.Equal(0, (await Night(shop)).Number("customersReminded"));
        var mail = (await (await shop.Staff()).Get($"/api/admin/emails?recipient={customer.Email}")).Items()[0];
        Assert.Equal("Dear Nora New,\n\nthese are still in your basket: Cedar stew.\n", mail.Text("body"));

        shop.Time.Advance(TimeSpan.FromDays(29));
        Assert.Equal(3, (await Night(shop)).Number("basketsDeleted"));
        await customer.Get($"/api/baskets/{basket}", 404);
    }

    [Fact]
    public async Task An_order_is_complete_when_nothing_of_it_can_be_given_back_any_more()
    {
        await using var shop = new ShopApp();
        await Night(shop);
        var customer = await shop.NewCustomer();
        var (waiting, done) = (await customer.Receive((20, 1)), await customer.Receive((21, 1)));
        var line = waiting.GetProperty("lines")[0].Number("id");
        await customer.Post($"/api/orders/{waiting.Text("number")}/returns", new { reason = "Too salty", lines = new[] { new { orderLineId = line, quantity = 1 } } }, 201);
        shop.Time.Advance(TimeSpan.FromDays(15));

        await Night(shop);

        var staff = await shop.Staff();
        Assert.Equal("Delivered", (await staff.Get($"/api/orders/{waiting.Text("number")}")).Text("status"));
        Assert.Equal("Completed", (await staff.Get($"/api/orders/{done.Text("number")}")).Text("status"));
    }

    [Fact]
    public async Task Points_that_nobody_spent_expire_after_a_year_and_the_tier_with_them()
    {
        await using var shop = new ShopApp().With("Loyalty:SilverFrom", "100");
        var customer = await shop.NewCustomer();
        await customer.Receive((56, 2));
        Assert.Equal((168, "Silver"), await Points(customer));
        await customer.Order(await customer.NewBasket((20, 1)), pointsToRedeem: 58);

        shop.Time.Advance(TimeSpan.FromDays(364));
        await Night(shop);
        Assert.Equal((110, "Silver"), await Points(customer));

        shop.Time.Advance(TimeSpan.FromDays(2));
        await Night(shop);
        Assert.Equal((0, "Basic"), await Points(customer));
    }

    [Fact]
    public async Task A_promotion_that_is_over_is_not_listed_as_active()
    {
        await using var shop = new ShopApp();
        await shop.Staff();
        shop.Time.Advance(TimeSpan.FromDays(60));
        Assert.Equal(3, (await (await shop.Staff()).Get("/api/promotions?onlyActive=true")).Number("total"));

        Assert.Equal(1, (await Night(shop)).Number("promotionsEnded"));

        Assert.Equal(2, (await (await shop.Staff()).Get("/api/promotions?onlyActive=true")).Number("total"));
    }

    [Fact]
    public async Task What_was_sold_on_the_day_before_is_written_down_for_each_door()
    {
        await using var shop = new ShopApp();
        var customer = await shop.NewCustomer();
        await customer.Order((20, 2), (21, 1));
        var app = (await customer.Post("/api/baskets?channel=App", status: 201)).GetProperty("token").GetGuid();
        await customer.Post($"/api/baskets/{app}/items", new { productId = 25, quantity = 1 });
        await customer.Order(app);
        await customer.Post($"/api/orders/{(await customer.Order((22, 1))).Text("number")}/cancel");
        shop.Time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(2, (await Night(shop)).Number("channelsWritten"));
        Assert.Equal(2, (await Night(shop)).Number("channelsWritten"));

        var days = (await (await shop.Staff()).Get("/api/reports/dashboard")).GetProperty("lastDays").EnumerateArray()
            .Where(d => d.Text("group").StartsWith("2026-03-02", StringComparison.Ordinal))
            .Select(d => FormattableString.Invariant($"{d.Text("group")} {d.Number("orders")} {d.Number("pieces")} {d.Amount("revenue"):0.00} {d.Amount("discounts"):0.00}"));
        Assert.Equal(["2026-03-02 App 1 1 169.00 10.00", "2026-03-02 Web 1 3 45.60 0.00"], days);
    }

    private static async Task<JsonElement> Night(ShopApp shop) => await (await shop.Staff()).Post("/api/admin/nightly");

    private static async Task<string> LastDays(ShopApp shop) => (await (await shop.Staff()).Get("/api/reports/dashboard")).GetProperty("lastDays").ToString();

    private static async Task<(int, string)> Points(Shopper customer)
    {
        await customer.SignIn(customer.Email, "a long password");
        var points = await customer.Get("/api/account/points");
        return (points.Number("points"), points.Text("tier"));
    }
}
