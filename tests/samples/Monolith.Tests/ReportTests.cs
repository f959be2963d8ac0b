using Monolith.Tests.Support;
using Outfitter.Infrastructure;

namespace Monolith.Tests;

public sealed class ReportTests(ShopApp shop) : IClassFixture<ShopApp>
{
    private const string TwoMonths = "from=2026-01-01&to=2026-03-02";

    [Theory]
    [InlineData("category")]
    [InlineData("brand")]
    [InlineData("product")]
    [InlineData("channel")]
    [InlineData("country")]
    public async Task However_sales_are_grouped_they_add_up_to_the_same(string groupBy)
    {
        var staff = await shop.Staff();
        var orders = (await staff.Get("/api/orders/all?pageSize=100")).Items();

        var rows = (await staff.Get($"/api/reports/sales?{TwoMonths}&groupBy={groupBy}")).EnumerateArray().ToList();

        Assert.True(rows.Count > 1);
        Assert.Equal(orders.Sum(o => o.Amount("total")), rows.Sum(r => r.Amount("revenue")));
        Assert.Equal(orders.Sum(o => o.Number("pieces")), rows.Sum(r => r.Number("pieces")));
        Assert.Equal(rows.Select(r => r.Amount("revenue")).OrderDescending(), rows.Select(r => r.Amount("revenue")));
    }

    [Fact]
    public async Task Only_the_days_that_were_asked_for_are_in_a_report()
    {
        var staff = await shop.Staff();
        var day = (await staff.Get("/api/orders/all?pageSize=1")).Items()[0].GetProperty("placedAt").GetDateTime();

        var rows = await staff.Get($"/api/reports/sales?from={day:yyyy-MM-dd}&to={day:yyyy-MM-dd}&groupBy=channel");

        Assert.Equal(1, Assert.Single(rows.EnumerateArray()).Number("orders"));
        Assert.Empty((await staff.Get("/api/reports/sales?from=2025-01-01&to=2025-02-01")).EnumerateArray());
    }

    [Theory]
    [InlineData("from=2026-02-01&to=2026-01-01", "from")]
    [InlineData("from=2024-01-01&to=2026-01-01", "to")]
    [InlineData("from=2026-01-01&to=9999-12-31", "to")]
    [InlineData("from=2026-01-01&to=2026-01-02&groupBy=p.name;DROP", "groupBy")]
    public async Task A_report_that_cannot_be_is_refused_by_field(string query, string field)
    {
        var problem = await (await shop.Staff()).Get($"/api/reports/sales?{query}", 400);

        Assert.Equal([field], problem.Fields());
    }

    [Fact]
    public async Task Reports_are_not_for_customers()
    {
        await (await shop.NewCustomer()).Get($"/api/reports/sales?{TwoMonths}", 403);
        await shop.Anybody().Get("/api/reports/dashboard", 401);
    }

    [Fact]
    public async Task The_best_customers_stand_first()
    {
        var rows = (await (await shop.Staff()).Get($"/api/reports/top-customers?{TwoMonths}&count=2")).EnumerateArray().ToList();

        Assert.Equal(2, rows.Count);
        Assert.True(rows[0].Amount("spent") > rows[1].Amount("spent"));
        Assert.All(rows, r => Assert.Equal(8, r.Number("orders")));
    }

    [Fact]
    public async Task The_stock_is_worth_what_it_would_be_sold_for()
    {
        var staff = await shop.Staff();
        var expected = 0m;
        foreach (var product in (await staff.Get("/api/products?category=stoves")).Items())
            expected += product.Amount("price") * (await staff.Get($"/api/stock/{product.Number("id")}")).EnumerateArray().Sum(s => s.Number("onHand"));

        var rows = (await staff.Get("/api/reports/stock-value")).EnumerateArray().Where(r => r.Text("category") == "Stoves");

        Assert.Equal(expected, rows.Sum(r => r.Amount("salesValue")));
    }

    [Fact]
    public async Task What_promotions_cost_is_told()
    {
        await using var own = new ShopApp();
        await (await own.NewCustomer()).Order((1, 2), (37, 3));

        var rows = (await (await own.Staff()).Get("/api/reports/promotions?from=2026-03-02&to=2026-03-02")).EnumerateArray();

        Assert.Equal(
            ["Tent weeks 2 99.60", "Three socks for two 3 14.90"],
            rows.Select(r => FormattableString.Invariant($"{r.Text("group")} {r.Number("pieces")} {r.Amount("discounts"):0.00}")));
    }

    [Fact]
    public async Task A_report_comes_as_a_table_for_spreadsheets()
    {
        var staff = await shop.Staff();
        using var answer = await staff.Http.GetAsync($"/api/reports/sales.csv?{TwoMonths}&groupBy=channel", ShopApp.Ct);

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("Group,Orders,Pieces,Revenue,Discounts\r\n", await answer.Content.ReadAsStringAsync(ShopApp.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_for_spreadsheets_runs_nothing_and_keeps_its_columns() =>
        Assert.Equal("Name,Count\r\n\"a,\"\"b\"\"\",1\r\n'=SUM(A1),2\r\n", CsvWriter.Write([new { Name = "a,\"b\"", Count = 1 }, new { Name = "=SUM(A1)", Count = 2 }]));

    [Fact]
    public async Task The_dashboard_shows_what_waits_and_what_runs_out()
    {
        await using var own = new ShopApp();
        await (await own.NewCustomer()).Order((20, 1));

        var dashboard = await (await own.Staff()).Get("/api/reports/dashboard");

        Assert.Equal((1, 16.80m, 1), (dashboard.Number("ordersToday"), dashboard.Amount("revenueToday"), dashboard.Number("shipmentsWaiting")));
        Assert.Equal(24, dashboard.GetProperty("ordersByStatus").GetProperty("Delivered").GetInt32());
        Assert.Equal([14, 34, 54], dashboard.GetProperty("runningOut").EnumerateArray().Take(3).Select(p => p.Number("id")));
        Assert.NotEmpty(dashboard.GetProperty("lastDays").EnumerateArray());
    }
}
