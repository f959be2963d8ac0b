using System.Text.Json;
using Monolith.Tests.Support;
using Outfitter.Common;

namespace Monolith.Tests;

public sealed class PriceTests(ShopApp shop) : IClassFixture<ShopApp>
{
    [Fact]
    public async Task A_promotion_of_a_category_takes_percent_off()
    {
        var price = await shop.Anybody().Get("/api/prices/1?quantity=2");

        Assert.Equal(("Tent weeks", 249.00m, 99.60m, 398.40m), (price.Text("promotion"), price.Amount("unitPrice"), price.Amount("discount"), price.Amount("total")));
        Assert.Equal(63.61m, price.Amount("tax"));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    [InlineData(5, 1)]
    [InlineData(6, 2)]
    [InlineData(7, 2)]
    [InlineData(9, 3)]
    public async Task Three_socks_cost_as_much_as_two(int quantity, int free)
    {
        var price = await shop.Anybody().Get($"/api/prices/37?quantity={quantity}");

        Assert.Equal(free * price.Amount("unitPrice"), price.Amount("discount"));
        Assert.Equal((quantity - free) * price.Amount("unitPrice"), price.Amount("total"));
    }

    [Fact]
    public async Task A_promotion_of_one_door_is_not_given_at_another()
    {
        var web = await shop.Anybody().Get("/api/prices/25?channel=Web");
        var app = await shop.Anybody().Get("/api/prices/25?channel=App");

        Assert.Equal(0, web.Amount("discount"));
        Assert.Equal(10, app.Amount("discount"));
    }

    [Fact]
    public async Task The_best_of_several_promotions_is_given_and_they_are_not_added_up()
    {
        var staff = await shop.Staff();
        await staff.Post("/api/promotions", Promotion("Half price", percent: 50, product: 43), 201);
        await staff.Post("/api/promotions", Promotion("A tenth", percent: 10, product: 43), 201);

        var price = await staff.Get("/api/prices/43");

        Assert.Equal("Half price", price.Text("promotion"));
        Assert.Equal(price.Amount("unitPrice") / 2, price.Amount("total"));
    }

    [Fact]
    public async Task A_promotion_ends_when_staff_end_it_and_its_name_is_free_again()
    {
        var staff = await shop.Staff();
        var id = (await staff.Post("/api/promotions", Promotion("Summer", percent: 30, product: 44), 201)).Number("id");
        await staff.Post("/api/promotions", Promotion("Summer", percent: 30, product: 44), 409);
        await staff.Post($"/api/promotions/{id}/end", status: 204);

        Assert.Equal(0, (await staff.Get("/api/prices/44")).Amount("discount"));
        shop.Time.Advance(TimeSpan.FromSeconds(1));
        await staff.Post("/api/promotions", Promotion("Summer", percent: 30, product: 44, startsAt: shop.Time.GetUtcNow().UtcDateTime), 201);
    }

    [Fact]
    public async Task Everything_wrong_with_a_promotion_is_said_at_once()
    {
        var problem = await (await shop.Staff()).Post(
            "/api/promotions", new { name = "X", kind = "PercentOff", percent = 95, amountOff = 0, buyQuantity = 0, freeQuantity = 0, startsAt = "2026-03-02T00:00:00Z", endsAt = "2026-03-01T00:00:00Z" }, 400);

        Assert.Equal(["endsAt", "name", "percent", "products"], problem.Fields());
    }

    [Fact]
    public async Task A_price_that_is_set_for_later_comes_into_force_when_its_time_has_come()
    {
        await using var own = new ShopApp();
        var staff = await own.Staff();
        var before = (await staff.Get("/api/prices/50")).Amount("unitPrice");
        await staff.Put("/api/prices/50", new { price = 55.50m, validFrom = own.Time.GetUtcNow().AddHours(1).UtcDateTime.Invariant() }, 204);

        Assert.Equal(before, (await staff.Get("/api/prices/50")).Amount("unitPrice"));
        own.Time.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(55.50m, (await staff.Get("/api/prices/50")).Amount("unitPrice"));
    }

    [Theory]
    [InlineData("12.345", 400)]
    [InlineData("\"12\"", 400)]
    [InlineData("0", 422)]
    [InlineData("-1", 422)]
    [InlineData("12.34", 204)]
    public async Task A_price_has_two_decimals_and_is_above_nothing(string price, int status)
    {
        var staff = await shop.Staff();
        using var body = JsonDocument.Parse($$"""{"price":{{price}}}""");

        await staff.Put("/api/prices/60", body.RootElement, status);
    }

    [Fact]
    public async Task A_coupon_is_spread_over_the_lines_to_the_cent()
    {
        var lines = new[] { new { productId = 20, quantity = 1 }, new { productId = 26, quantity = 3 }, new { productId = 55, quantity = 1 } };
        var plain = await shop.Anybody().Post("/api/prices/quote", new { lines });
        var quote = await shop.Anybody().Post("/api/prices/quote", new { lines, coupon = "save5" });

        Assert.Equal(plain.Amount("total") - 5, quote.Amount("total"));
        Assert.Equal(quote.Amount("total"), quote.GetProperty("lines").EnumerateArray().Sum(l => l.Amount("total")));
        Assert.Equal(quote.Amount("discount"), quote.GetProperty("lines").EnumerateArray().Sum(l => l.Amount("discount")));
        Assert.Equal(quote.Amount("tax"), quote.GetProperty("lines").EnumerateArray().Sum(l => l.Amount("tax")));
    }

    [Theory]
    [InlineData("LASTYEAR", "The coupon 'LASTYEAR' is not valid now.")]
    [InlineData("NOSUCH", "There is no coupon 'NOSUCH'.")]
    [InlineData("WELCOME10", "The coupon 'WELCOME10' needs goods for 50.00.")]
    public async Task A_coupon_that_does_not_count_says_why(string coupon, string refusal)
    {
        var quote = await shop.Anybody().Post("/api/prices/quote", new { lines = new[] { new { productId = 20, quantity = 1 } }, coupon });

        Assert.Equal(refusal, quote.Text("couponRefusal"));
        Assert.Equal(0, quote.Amount("discount"));
    }

    [Fact]
    public async Task A_coupon_is_used_as_often_as_it_may_be()
    {
        var staff = await shop.Staff();
        await staff.Post("/api/coupons", new { code = "TWICE", percent = 0, amountOff = 1, minimumSpend = 0, validFrom = "2026-01-01T00:00:00Z", maxUses = 2, oncePerCustomer = false }, 201);
        for (var use = 0; use < 2; use++)
        {
            var customer = await shop.NewCustomer();
            var basket = await customer.NewBasket((21, 1));
            await customer.Put($"/api/baskets/{basket}/coupon/twice");
            await customer.Order(basket);
        }

        Assert.Equal(2, (await staff.Get("/api/coupons/TWICE")).Number("uses"));
        var quote = await staff.Post("/api/prices/quote", new { lines = new[] { new { productId = 21, quantity = 1 } }, coupon = "TWICE" });
        Assert.Equal("The coupon 'TWICE' is used up.", quote.Text("couponRefusal"));
    }

    [Theory]
    [InlineData(20, "DE", 7)]
    [InlineData(20, "FR", 5.5)]
    [InlineData(50, "AT", 20)]
    public async Task Taxes_are_those_of_the_country_and_the_kind_of_goods(int product, string country, double percent) =>
        Assert.Equal((decimal)percent, (await shop.Anybody().Get($"/api/prices/{product}?country={country}")).Amount("taxPercent"));

    [Fact]
    public async Task Where_we_do_not_sell_there_is_no_price() =>
        Assert.Equal("We do not sell to 'US'.", (await shop.Anybody().Get("/api/prices/20?country=US", 422)).Text("detail"));

    [Theory]
    [InlineData(100, new long[] { 1, 1, 1 }, new long[] { 34, 33, 33 })]
    [InlineData(1, new long[] { 5, 5 }, new long[] { 1, 0 })]
    [InlineData(-100, new long[] { 1, 2 }, new long[] { -33, -67 })]
    [InlineData(7, new long[] { 0, 0 }, new long[] { 7, 0 })]
    [InlineData(long.MaxValue, new long[] { 3, 1 }, new long[] { 6917529027641081855, 2305843009213693952 })]
    [InlineData(5, new long[0], new long[0])]
    public void Money_is_split_without_losing_a_cent(long cents, long[] weights, long[] parts) =>
        Assert.Equal(parts, new Money(cents).Split(weights).Select(p => p.Cents));

    private static object Promotion(string name, int percent, int product, DateTime? startsAt = null) => new
    {
        name,
        kind = "PercentOff",
        percent,
        amountOff = 0,
        buyQuantity = 0,
        freeQuantity = 0,
        startsAt = (startsAt ?? new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)).Invariant(),
        products = new[] { product },
    };
}
