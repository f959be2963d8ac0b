using Conway.Findings;
using static Conway.Checks.Tests.Checking;

namespace Conway.Checks.Tests;

public sealed class BoundaryTests
{
    [Fact]
    public void One_store_owned_by_two_services_is_shared()
    {
        // Reading refuses the same name twice, so this model is made by hand: another source of models may not.
        var service = new Conway.Model.Service { Owns = new([new("db", new Conway.Model.Store())]) };
        var model = new Conway.Model.SystemModel { Services = new([new("orders", service), new("billing", service)]) };
        var finding = Assert.Single(CheckCatalog.Check(model), f => f.Code == "CW3101");
        Assert.Equal("The store 'db' is owned by 'orders' and 'billing'.", finding.Message);
        Assert.Equal("services.billing.owns.db", finding.ModelPath);
    }

    [Fact]
    public void One_connection_string_in_two_environments_is_a_shared_store_and_is_not_repeated()
    {
        var finding = Assert.Single(Found(
            """
            services:
              orders: { environment: { DATABASE: "Host=db;Password=hunter2" } }
              billing: { environment: { DB_URL: "Host=db;Password=hunter2" } }
            """), f => f.Code == "CW3101");
        Assert.Equal("'orders' and 'billing' are given the same connection to a database (DB_URL).", finding.Message);
        Assert.DoesNotContain("hunter2", finding.Message + finding.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_values_that_are_no_connections_share_nothing() => CheckHasNo("CW3101",
        """
        services:
          orders: { environment: { LOG_LEVEL: debug } }
          billing: { environment: { LOG_LEVEL: debug } }
        """);

    [Fact]
    public void The_same_tables_in_the_stores_of_two_services_are_found() => Check(
        """
        services:
          orders: { owns: { orders-db: { tables: [orders, customers, addresses] } } }
          crm: { owns: { crm-db: { tables: [addresses, customers] } } }
        """,
        "2:34 CW3101 The tables 'addresses' and 'customers' are in the stores of 'crm' and 'orders': either they are shared, or it is not clear which copy is the truth.");

    [Fact]
    public void One_table_name_in_common_is_chance() => CheckHasNo("CW3101",
        """
        services:
          orders: { owns: { orders-db: { tables: [orders, outbox] } } }
          crm: { owns: { crm-db: { tables: [customers, outbox] } } }
        """);

    [Fact]
    public void Two_stores_of_one_service_may_name_the_same_table() => CheckHasNo("CW3101",
        """
        services:
          orders: { owns: { live: { tables: [orders] }, archive: { tables: [orders] } } }
        """);

    [Fact]
    public void A_service_without_team_and_context_has_no_owner() => Check(
        """
        teams: { checkout: {}, web: {} }
        services:
          orders: { team: checkout }
          legacy: {}
        """,
        "4:3 CW3102 'legacy' has no team and belongs to no context that has one.");

    [Fact]
    public void The_team_of_the_context_owns_its_services() => CheckHasNo("CW3102",
        """
        teams: { checkout: {} }
        contexts: { ordering: { team: checkout } }
        services: { orders: { context: ordering } }
        """);

    [Fact]
    public void A_model_without_any_team_is_told_once_and_gently()
    {
        var finding = Assert.Single(Found("services: { a: {}, b: {}, c: {} }"), f => f.Code == "CW3102");
        Assert.Equal(Severity.Info, finding.Severity);
        Assert.Equal("No team is declared, so none of the 3 services has an owner.", finding.Message);
    }

    [Fact]
    public void A_single_service_without_a_team_has_no_owner() =>
        Assert.Equal("No team is declared, so the service has no owner.", Assert.Single(Found("services: { a: {} }"), f => f.Code == "CW3102").Message);

    [Fact]
    public void A_service_that_only_serves_one_caller_and_keeps_nothing_is_a_nano_service() => Check(
        """
        services:
          orders: { command: a, owns: [db], calls: { tax: 1s } }
          tax: { command: b }
        """,
        "2:3 CW2201 'orders' has no health path, so it counts as healthy as soon as its port is open.",
        "3:3 CW2201 'tax' has no health path, so it counts as healthy as soon as its port is open.",
        "3:3 CW3103 'tax' keeps no data, handles no events, and serves 'orders' alone.");

    [Theory]
    [InlineData("tax: { owns: [tax-db] }")]
    [InlineData("tax: { consumes: [RateChanged] }")]
    [InlineData("tax: { load: 900/s }")]
    [InlineData("tax: { team: finance }")]
    [InlineData("tax: { command: node tax.js }")]
    public void What_speaks_for_a_small_service_is_heard(string tax)
    {
        var yaml = $$"""
            teams: { finance: {}, sales: {} }
            services:
              orders: { project: src/Orders, team: sales, calls: { tax: 1s } }
              rates: { project: src/Rates, team: sales, publishes: [RateChanged] }
              {{(tax.Contains("team") || tax.Contains("command") ? tax : tax.Replace("tax: {", "tax: { project: src/Tax, team: sales,"))}}
            """;
        CheckHasNo("CW3103", yaml);
    }

    [Fact]
    public void A_service_with_two_callers_is_no_nano_service() => CheckHasNo("CW3103",
        """
        services:
          orders: { calls: { tax: 1s } }
          billing: { calls: { tax: 1s } }
          tax: {}
        """);
}
