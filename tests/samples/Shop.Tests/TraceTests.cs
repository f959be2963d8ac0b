using System.Net;
using System.Net.Http.Json;
using Shop.Tests.Support;

namespace Shop.Tests;

[Collection(nameof(ShopCollection))]
public sealed class TraceTests(ShopFixture fixture)
{
    private readonly RunningShop _shop = fixture.Shop;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_trace_runs_from_the_browser_to_the_parcel()
    {
        const string Trace = "5af7651916cd43dd8448eb211c80319c";
        var customer = new Customer(_shop);

        await customer.Sees(await customer.Order("p-0401", traceparent: $"00-{Trace}-b7ad6b7169203331-01"), "shipped");
        using var rum = await _shop.Storefront.Http.PostAsJsonAsync(
            "/rum", new[] { new { traceId = Trace, spanId = "b7ad6b7169203331", name = "place order", start = 1_795_000_000_000.5, duration = 42.0, status = 0 } }, Ct);

        Assert.Equal(HttpStatusCode.NoContent, rum.StatusCode);
        await Seen(Trace, "browser", "place order");
        await Seen(Trace, "orders", "POST /api/orders");
        await Seen(Trace, "orders", "order Placed");
        await Seen(Trace, "catalog", "GET /api/products");
        await Seen(Trace, "inventory", "PUT /reservations/{order}");
        await Seen(Trace, "payments", "POST /payments");
        await Seen(Trace, "shipping", "PUT /shipments/{order}");
        await Seen(Trace, "shipping", "shipment shipped");
    }

    [Fact]
    public async Task Logs_of_both_languages_carry_the_trace()
    {
        const string Trace = "6bf7651916cd43dd8448eb211c80319c";
        var customer = new Customer(_shop);

        await customer.Sees(await customer.Order("p-0402", traceparent: $"00-{Trace}-b7ad6b7169203331-01"), "shipped");

        await Customer.Until(() => Task.FromResult(_shop.Telemetry.Has("logs", Trace, "orders", "Conway.Requests")), () => "the log of orders");
        await Customer.Until(() => Task.FromResult(_shop.Telemetry.Has("logs", Trace, "shipping", "accepted")), () => "the log of shipping");
        Assert.Contains($"\"traceId\":\"{Trace}\"", _shop.Orders.Output, StringComparison.Ordinal);
        Assert.Contains($"\"traceId\":\"{Trace}\"", _shop.Shipping.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"traceId":"xyz","spanId":"b7ad6b7169203331","name":"n","start":1,"duration":1,"status":0}]""")]
    [InlineData("""[{"traceId":"00000000000000000000000000000000","spanId":"b7ad6b7169203331","name":"n","start":1,"duration":1,"status":0}]""")]
    [InlineData("""[{"traceId":"6bf7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","name":"n","start":1,"duration":-1,"status":0}]""")]
    [InlineData("""[{}]""")]
    [InlineData("""{}""")]
    public async Task What_no_page_of_ours_would_report_is_refused(string spans)
    {
        using var answer = await _shop.Storefront.Http.PostAsync("/rum", new StringContent(spans, System.Text.Encoding.UTF8, "application/json"), Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/app.js", "text/javascript")]
    [InlineData("/pages/basket.js", "text/javascript")]
    [InlineData("/look/shop.css", "text/css")]
    [InlineData("/look/icon.svg", "image/svg+xml")]
    public async Task The_page_comes_from_the_storefront_alone(string path, string type)
    {
        using var answer = await _shop.Storefront.Http.GetAsync(path, Ct);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("default-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("https://", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    private Task Seen(string trace, string service, string span) =>
        Customer.Until(() => Task.FromResult(_shop.Telemetry.Has("traces", trace, service, span)), () => $"'{span}' of {service} in the trace");
}
