using Monolith.Tests.Support;

namespace Monolith.Tests;

public sealed class OrderTests(ShopApp shop) : IClassFixture<ShopApp>
{
    [Fact]
    public async Task An_order_sets_goods_aside_takes_the_money_and_writes_an_invoice()
    {
        var customer = await shop.NewCustomer();
        var reserved = (await customer.Get("/api/stock/2"))[0].Number("reserved");
        var basket = await customer.NewBasket((2, 1), (20, 2));

        var order = await customer.Order(basket);

        var number = order.Text("number");
        Assert.Matches("^O-2026-[0-9]{6}$", number);
        Assert.Equal(("Placed", 203.20m + 23.80m, 0m), (order.Text("status"), order.Amount("total"), order.Amount("shipping")));
        Assert.Equal(reserved + 1, (await customer.Get("/api/stock/2"))[0].Number("reserved"));
        var invoice = await customer.Get($"/api/orders/{number}/invoice");
        Assert.Equal((227.00m, 227.00m - order.Amount("tax")), (invoice.Amount("gross"), invoice.Amount("net")));
        var payment = (await customer.Get($"/api/orders/{number}/payments"))[0];
        Assert.Equal(("Captured", 227.00m, "•••• 4242"), (payment.Text("status"), payment.Amount("amount"), payment.Text("card")));
        var charge = shop.PayGate.Requests.Single(r => r.Key == number);
        Assert.Equal(("/v1/charges", 22_700L, "Bearer sandbox"), (charge.Path, charge.Amount, charge.Authorization));
        await customer.Get($"/api/baskets/{basket}", 404);
        var mail = (await (await shop.Staff()).Get($"/api/admin/emails?recipient={customer.Email}")).Items()[0];
        Assert.Equal($"Your order {number}", mail.Text("subject"));
    }

    [Theory]
    [InlineData(false, 402)]
    [InlineData(true, 503)]
    public async Task A_payment_that_does_not_come_leaves_everything_as_it_was(bool broken, int status)
    {
        await using var own = new ShopApp();
        var customer = await own.Known("ada@example.com");
        var basket = await customer.NewBasket((3, 2), (38, 3));
        await customer.Put($"/api/baskets/{basket}/coupon/WELCOME10");
        var before = await Everything(own, customer, basket);
        own.PayGate.Broken = broken;
        own.PayGate.Refuse = "insufficient_funds";

        var problem = await customer.Order(basket, status, pointsToRedeem: 100);

        Assert.Equal(before, await Everything(own, customer, basket));
        if (!broken)
            Assert.Equal("The payment was refused: insufficient_funds.", problem.Text("detail"));

        own.PayGate.Broken = false;
        own.PayGate.Refuse = null;
        var order = await customer.Order(basket, pointsToRedeem: 100);
        Assert.Equal("O-2026-000025", order.Text("number"));
    }

    [Fact]
    public async Task A_charge_whose_order_cannot_be_kept_is_given_back()
    {
        await using var own = new ShopApp();
        var customer = await own.NewCustomer();
        own.PayGate.CallEverything = "ch_same";
        await customer.Order((20, 1));
        var taken = own.PayGate.Balance;

        await customer.Order(await customer.NewBasket((21, 1)), 409);

        Assert.Equal(taken, own.PayGate.Balance);
        Assert.Equal(1, (await customer.Get("/api/orders")).Number("total"));
    }

    [Fact]
    public async Task The_last_piece_is_sold_once()
    {
        await using var own = new ShopApp();
        var buyers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => own.NewCustomer()));
        var baskets = await Task.WhenAll(buyers.Select(b => b.NewBasket((15, 1))));

        var statuses = await Task.WhenAll(buyers.Zip(baskets, Place));

        Assert.Equal([201, 409, 409, 409], statuses.Order());
        Assert.Equal(0, (await buyers[0].Get("/api/stock/15")).EnumerateArray().Sum(s => s.Number("available")));
        Assert.Single(own.PayGate.Requests);
    }

    [Fact]
    public async Task A_basket_that_is_sent_twice_at_the_same_moment_is_one_order()
    {
        await using var own = new ShopApp();
        var customer = await own.NewCustomer();
        var basket = await customer.NewBasket((20, 1));

        var statuses = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Place(customer, basket)));

        Assert.Equal([201, 409, 409], statuses.Order());
        Assert.Single(own.PayGate.Requests);
        Assert.Equal(1, (await customer.Get("/api/orders")).Number("total"));
    }

    [Fact]
    public async Task Orders_that_are_placed_at_the_same_moment_have_numbers_of_their_own()
    {
        await using var own = new ShopApp();
        var customer = await own.NewCustomer();
        var baskets = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => customer.NewBasket((20, 1))));

        var orders = await Task.WhenAll(baskets.Select(b => customer.Order(b)));

        Assert.Equal(6, orders.Select(o => o.Text("number")).Distinct().Count());
        Assert.Equal(6, (await customer.Get("/api/stock/20"))[0].Number("reserved"));
    }

    [Fact]
    public async Task More_than_there_is_cannot_be_ordered()
    {
        var customer = await shop.NewCustomer();

        var problem = await customer.Order(await customer.NewBasket((20, 1), (34, 2)), 409);

        Assert.Equal("Of 'Dune shirt' there are 0 left, 2 are wanted.", problem.Text("detail"));
        Assert.Equal(0, (await customer.Get("/api/orders")).Number("total"));
    }

    [Fact]
    public async Task A_cancelled_order_gives_goods_money_coupon_and_points_back()
    {
        await using var own = new ShopApp();
        var customer = await own.Known("ada@example.com");
        var basket = await customer.NewBasket((4, 1), (40, 2));
        await customer.Put($"/api/baskets/{basket}/coupon/WELCOME10");
        var before = (await customer.Get("/api/account/points")).Number("points");
        var (stock, balance) = ((await customer.Get("/api/stock/4")).ToString(), own.PayGate.Balance);
        var number = (await customer.Order(basket, pointsToRedeem: 250)).Text("number");
        Assert.Equal(before - 250, (await customer.Get("/api/account/points")).Number("points"));

        var cancelled = await customer.Post($"/api/orders/{number}/cancel");

        Assert.Equal("Cancelled", cancelled.Text("status"));
        Assert.Equal("Refunded", cancelled.GetProperty("payments")[0].Text("status"));
        Assert.Equal("Cancelled", cancelled.GetProperty("shipments")[0].Text("status"));
        Assert.Equal(balance, own.PayGate.Balance);
        Assert.Equal(before, (await customer.Get("/api/account/points")).Number("points"));
        Assert.Equal(stock, (await customer.Get("/api/stock/4")).ToString());
        Assert.Equal(0, (await (await own.Staff()).Get("/api/coupons/WELCOME10")).Number("uses"));
        await customer.Post($"/api/orders/{number}/cancel", status: 409);
    }

    [Fact]
    public async Task What_is_on_its_way_cannot_be_cancelled()
    {
        var customer = await shop.NewCustomer();
        var number = (await customer.Receive((22, 1))).Text("number");

        var problem = await customer.Post($"/api/orders/{number}/cancel", status: 409);

        Assert.Equal($"Order {number} is Delivered; only what is not on its way can be cancelled.", problem.Text("detail"));
    }

    [Fact]
    public async Task Points_pay_for_the_goods_and_nothing_is_charged_when_nothing_is_left_to_pay()
    {
        await using var own = new ShopApp();
        var customer = await own.Known("ada@example.com");
        var order = await customer.Order(await customer.NewBasket((55, 1), (20, 8)), pointsToRedeem: 10_000, status: 422);
        Assert.Contains(" points, not 10000.", order.Text("detail"), StringComparison.Ordinal);
        var points = (await customer.Get("/api/account/points")).Number("points");
        await (await own.Staff()).Put("/api/prices/20", new { price = 1.00m }, 204);
        own.Time.Advance(TimeSpan.FromSeconds(1));

        var paid = await customer.Order(await customer.NewBasket((20, 1)), pointsToRedeem: 200);

        Assert.Equal((1.00m, 4.90m), (paid.Amount("paidWithPoints"), paid.Amount("total")));
        Assert.Equal(points - 100, (await customer.Get("/api/account/points")).Number("points"));
    }

    [Fact]
    public async Task Nobody_sees_the_order_of_somebody_else_but_staff()
    {
        var number = (await (await shop.NewCustomer()).Order((23, 1))).Text("number");

        await shop.Anybody().Get($"/api/orders/{number}", 401);
        await (await shop.NewCustomer()).Get($"/api/orders/{number}", 404);
        await (await shop.NewCustomer()).Get($"/api/orders/{number}/payments", 404);
        await (await shop.Staff()).Get($"/api/orders/{number}");
    }

    [Fact]
    public async Task Everything_wrong_with_an_order_is_said_at_once()
    {
        var customer = await shop.NewCustomer();

        var problem = await customer.Order(Guid.Empty, 400, card: "4242 4242 4242 4241", carrier: "", pointsToRedeem: -1, address: new { recipient = "", street = "Ring 1", postalCode = "1", city = "Berlin", country = "US" });

        Assert.Equal(["address.country", "address.postalCode", "address.recipient", "basket", "card", "carrier", "pointsToRedeem"], problem.Fields());
    }

    [Fact]
    public async Task A_carrier_that_does_not_take_the_parcel_is_refused_with_those_that_do()
    {
        var customer = await shop.NewCustomer();

        var problem = await customer.Order(await customer.NewBasket((49, 2)), 422, carrier: "PIGEON");

        Assert.Equal("'PIGEON' does not take a parcel of 2920 g to DE. Choose one of: GREEN, POST.", problem.Text("detail"));
    }

    [Fact]
    public async Task An_empty_basket_cannot_be_ordered()
    {
        var customer = await shop.NewCustomer();

        Assert.Equal("The basket is empty.", (await customer.Order(await customer.NewBasket(), 422)).Text("detail"));
    }

    private static async Task<int> Place(Shopper buyer, Guid basket)
    {
        using var answer = await buyer.Http.PostAsync("/api/orders", System.Net.Http.Json.JsonContent.Create(new { basket, address = Shopper.Home, carrier = "POST", card = Shopper.GoodCard }), ShopApp.Ct);
        return (int)answer.StatusCode;
    }

    /// <summary>All that an order touches, as text.</summary>
    private static async Task<string> Everything(ShopApp shop, Shopper customer, Guid basket)
    {
        var staff = await shop.Staff();
        string[] paths =
        [
            "/api/stock/3", "/api/stock/38", "/api/stock/3/movements", "/api/orders/all?pageSize=100", "/api/shipments", "/api/coupons/WELCOME10", "/api/admin/emails", "/api/products/3",
        ];
        var seen = new List<string>();
        foreach (var path in paths)
            seen.Add((await staff.Get(path)).ToString());
        seen.Add((await customer.Get("/api/account/points")).ToString());
        seen.Add((await customer.Get($"/api/baskets/{basket}")).ToString());
        seen.Add(shop.PayGate.Balance.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return string.Join('\n', seen);
    }
}
