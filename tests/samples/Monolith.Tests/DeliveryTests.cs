using Monolith.Tests.Support;

namespace Monolith.Tests;

public sealed class DeliveryTests(ShopApp shop) : IClassFixture<ShopApp>
{
    [Fact]
    public async Task A_parcel_is_followed_from_the_shelf_to_the_door()
    {
        var customer = await shop.NewCustomer(wantsNewsletter: true);
        var staff = await shop.Staff();
        var onHand = (await staff.Get("/api/stock/8"))[0].Number("onHand");

        var order = await customer.Receive((8, 2));

        Assert.Equal("Delivered", order.Text("status"));
        var shipment = order.GetProperty("shipments")[0];
        Assert.Equal("https://parcelpost.example/track/PP12345", shipment.Text("trackingUrl"));
        Assert.Equal("2026-03-02 10:00 Berlin: Handed over", shipment.GetProperty("tracking")[0].GetString());
        var level = (await staff.Get("/api/stock/8"))[0];
        Assert.Equal((onHand - 2, 0), (level.Number("onHand"), level.Number("reserved")));
        Assert.Equal("Dispatched", (await staff.Get("/api/stock/8/movements")).Items()[0].Text("kind"));
        var subjects = (await staff.Get($"/api/admin/emails?recipient={customer.Email}")).Items().Select(m => m.Text("subject"));
        Assert.Equal(["How do you like it?", $"Order {order.Text("number")} is on its way", $"Your order {order.Text("number")}", "Welcome"], subjects);
    }

    [Fact]
    public async Task A_parcel_goes_out_once_and_arrives_once()
    {
        var customer = await shop.NewCustomer();
        var staff = await shop.Staff();
        var number = (await customer.Order((9, 1))).Text("number");
        var id = (await customer.Get($"/api/orders/{number}/shipments"))[0].Number("id");

        await staff.Post($"/api/shipments/{id}/tracking", new { place = "Berlin", text = "Lost?" }, 409);
        await staff.Post($"/api/shipments/{id}/dispatch?trackingCode=PP1", status: 400);
        await staff.Post($"/api/shipments/{id}/dispatch?trackingCode=PP11111");
        await staff.Post($"/api/shipments/{id}/dispatch?trackingCode=PP11111", status: 409);
        await customer.Post($"/api/shipments/{id}/dispatch?trackingCode=PP11111", status: 403);
    }

    [Fact]
    public async Task Points_come_with_the_goods_and_not_with_the_money()
    {
        var customer = await shop.NewCustomer();
        await customer.Order((52, 1));
        Assert.Equal(0, (await customer.Get("/api/account/points")).Number("points"));

        await customer.Receive((52, 4));

        var points = await customer.Get("/api/account/points");
        Assert.Equal((576, "Silver"), (points.Number("points"), points.Text("tier")));
        Assert.Equal(new DateTime(2027, 3, 2, 10, 0, 0, DateTimeKind.Utc), points.GetProperty("entries")[0].GetProperty("expiresAt").GetDateTime());
    }

    [Fact]
    public async Task What_is_given_back_is_refunded_and_put_back_on_the_shelf()
    {
        var customer = await shop.NewCustomer();
        var staff = await shop.Staff();
        var order = await customer.Receive((16, 3));
        var (number, line, paid) = (order.Text("number"), order.GetProperty("lines")[0], shop.PayGate.Balance);
        var onHand = (await staff.Get("/api/stock/16"))[0].Number("onHand");

        await customer.Post($"/api/orders/{number}/returns", Wish(line, 4), 422);
        var request = await customer.Post($"/api/orders/{number}/returns", Wish(line, 2), 201);
        var problem = await customer.Post($"/api/orders/{number}/returns", Wish(line, 2), 422);
        Assert.Equal("Of 'Dune stove' 1 can be given back, not 2.", problem.Text("detail"));
        var accepted = await staff.Post($"/api/returns/{request.Number("id")}/accept");

        Assert.Equal(("Accepted", 2 * line.Amount("unitPrice")), (accepted.Text("status"), accepted.Amount("refund")));
        Assert.Equal(paid - (long)(200 * line.Amount("unitPrice")), shop.PayGate.Balance);
        Assert.Equal(onHand + 2, (await staff.Get("/api/stock/16"))[0].Number("onHand"));
        Assert.Equal("PartlyRefunded", (await customer.Get($"/api/orders/{number}/payments"))[0].Text("status"));
        Assert.Equal((int)line.Amount("unitPrice"), (await customer.Get("/api/account/points")).Number("points"));
        await staff.Post($"/api/returns/{request.Number("id")}/decline", status: 409);

        var rest = await customer.Post($"/api/orders/{number}/returns", Wish(line, 1), 201);
        await staff.Post($"/api/returns/{rest.Number("id")}/accept");
        Assert.Equal("Returned", (await customer.Get($"/api/orders/{number}")).Text("status"));
    }

    [Fact]
    public async Task After_two_weeks_nothing_can_be_given_back()
    {
        await using var own = new ShopApp();
        var customer = await own.NewCustomer();
        var order = await customer.Receive((16, 1));
        own.Time.Advance(TimeSpan.FromDays(14) + TimeSpan.FromSeconds(1));
        await customer.SignIn(customer.Email, "a long password");

        await customer.Post($"/api/orders/{order.Text("number")}/returns", Wish(order.GetProperty("lines")[0], 1), 422);
    }

    [Fact]
    public async Task A_refund_by_hand_never_exceeds_what_was_paid()
    {
        var customer = await shop.NewCustomer();
        var staff = await shop.Staff();
        var number = (await customer.Order((56, 1))).Text("number");
        var payment = (await customer.Get($"/api/orders/{number}/payments"))[0];

        await staff.Post($"/api/payments/{payment.Number("id")}/refunds", new { amount = payment.Amount("amount") + 0.01m, reason = "Goodwill" }, 422);
        var refunded = await staff.Post($"/api/payments/{payment.Number("id")}/refunds", new { amount = 10, reason = "Goodwill" });

        Assert.Equal(("PartlyRefunded", 10m), (refunded.Text("status"), refunded.Amount("refunded")));
    }

    private static object Wish(System.Text.Json.JsonElement line, int quantity) => new { reason = "Too small", lines = new[] { new { orderLineId = line.Number("id"), quantity } } };
}
