using Monolith.Tests.Support;

namespace Monolith.Tests;

public sealed class BasketTests(ShopApp shop) : IClassFixture<ShopApp>
{
    [Fact]
    public async Task A_basket_needs_no_account_and_is_priced_line_by_line()
    {
        var somebody = shop.Anybody();
        var basket = await somebody.NewBasket((1, 1), (37, 3));

        var priced = await somebody.Get($"/api/baskets/{basket}");

        Assert.Equal([1, 37], priced.GetProperty("lines").EnumerateArray().Select(l => l.Number("productId")));
        Assert.Equal(249.00m + 3 * 14.90m, priced.Amount("goods"));
        Assert.Equal(49.80m + 14.90m, priced.Amount("discount"));
        Assert.Equal(199.20m + 2 * 14.90m, priced.Amount("total"));
    }

    [Fact]
    public async Task What_is_put_in_twice_is_one_line_and_zero_takes_it_out()
    {
        var somebody = shop.Anybody();
        var basket = await somebody.NewBasket((20, 2), (20, 3));

        Assert.Equal(5, Assert.Single((await somebody.Get($"/api/baskets/{basket}")).GetProperty("lines").EnumerateArray()).Number("quantity"));
        var empty = await somebody.Put($"/api/baskets/{basket}/items/20?quantity=0");

        Assert.Empty(empty.GetProperty("lines").EnumerateArray());
        await somebody.Put($"/api/baskets/{basket}/items/20?quantity=1", status: 404);
    }

    [Theory]
    [InlineData(0, 400)]
    [InlineData(100, 400)]
    [InlineData(99, 422)]
    public async Task A_basket_holds_from_one_to_ninety_nine_of_a_product(int quantity, int status)
    {
        var somebody = shop.Anybody();
        var basket = await somebody.NewBasket((21, 1));

        await somebody.Post($"/api/baskets/{basket}/items", new { productId = 21, quantity }, status);
    }

    [Fact]
    public async Task A_basket_says_that_there_is_less_than_wanted()
    {
        var somebody = shop.Anybody();
        var basket = await somebody.NewBasket((15, 3));

        var line = (await somebody.Get($"/api/baskets/{basket}")).GetProperty("lines")[0];

        Assert.Equal((3, 1), (line.Number("quantity"), line.Number("available")));
    }

    [Fact]
    public async Task A_coupon_is_given_and_taken_off_again()
    {
        var somebody = shop.Anybody();
        var basket = await somebody.NewBasket((55, 1));

        var with = await somebody.Put($"/api/baskets/{basket}/coupon/welcome10");
        var without = await somebody.Delete($"/api/baskets/{basket}/coupon", 200);

        Assert.Equal((79.00m, 71.10m), (with.Amount("goods"), with.Amount("total")));
        Assert.Equal(79.00m, without.Amount("total"));
    }

    [Fact]
    public async Task A_basket_that_is_thrown_away_is_gone()
    {
        var somebody = shop.Anybody();
        var basket = await somebody.NewBasket((20, 1));

        await somebody.Delete($"/api/baskets/{basket}");

        await somebody.Get($"/api/baskets/{basket}", 404);
    }

    [Fact]
    public async Task Before_the_order_all_carriers_that_take_the_parcel_are_shown_cheapest_first()
    {
        var customer = await shop.NewCustomer();
        var light = await customer.Get($"/api/baskets/{await customer.NewBasket((20, 1))}/checkout");
        var heavy = await customer.Get($"/api/baskets/{await customer.NewBasket((20, 40))}/checkout");
        var abroad = await customer.Get($"/api/baskets/{await customer.NewBasket((20, 1))}/checkout?country=FR");

        Assert.Equal(["POST 4.9", "GREEN 5.9"], Options(light));
        Assert.Equal(["GREEN 0", "POST 0"], Options(heavy));
        Assert.Equal(["POST 9.9"], Options(abroad));
        Assert.Equal(11.90m + 4.90m, light.Amount("totalWithCheapestShipping"));
    }

    private static IEnumerable<string> Options(System.Text.Json.JsonElement checkout) =>
        checkout.GetProperty("shipping").EnumerateArray().Select(o => FormattableString.Invariant($"{o.Text("carrier")} {o.Amount("price"):0.##}"));
}
