using Conway.Findings;
using static Conway.Checks.Tests.Checking;

namespace Conway.Checks.Tests;

public sealed class StartAndHealthTests
{
    [Fact]
    public void Services_that_wait_for_each_other_are_found_through_after_and_required() => Check(
        """
        services:
          orders: { after: [migrator] }
          migrator: { calls: { orders: { timeout: 1s, required: true } } }
        """,
        "2:21 CW2109 Services wait for each other before they start: orders -> migrator -> orders.");

    [Fact]
    public void A_call_that_is_not_required_does_not_hold_up_a_start() => CheckHasNo("CW2109",
        """
        services:
          orders: { after: [migrator] }
          migrator: { calls: { orders: 1s } }
        """);

    [Fact]
    public void A_service_cannot_start_after_itself() => Check(
        """
        services:
          orders: { after: [orders] }
        """,
        "2:21 CW2109 'orders' waits for itself to be ready before it is started.");

    [Fact]
    public void A_command_without_a_health_path_is_found() => Check(
        """
        services:
          shipping: { command: node server.js }
        """,
        "2:3 CW2201 'shipping' has no health path, so it counts as healthy as soon as its port is open.");

    [Fact]
    public void A_health_block_without_a_path_is_still_no_health_check() => Check(
        """
        services:
          shipping: { command: node server.js, health: { interval: 5s } }
        """,
        "2:3 CW2201 'shipping' has no health path, so it counts as healthy as soon as its port is open.");

    [Fact]
    public void A_project_has_a_health_path_by_default() => CheckHasNo("CW2201",
        """
        services:
          orders: { project: src/Orders }
        """);

    [Fact]
    public void A_route_with_retries_for_post_alone_is_found() => Check(
        """
        services: { orders: {} }
        gateway:
          routes:
            - { path: /o, methods: [POST, PATCH], to: orders, retries: 2 }
        """,
        "4:55 CW2108 The route /o to 'orders' has retries: 2, but takes only POST and PATCH, which are not repeated.");

    [Fact]
    public void A_route_that_also_takes_get_may_retry() => CheckHasNo("CW2108",
        """
        services: { orders: {} }
        gateway:
          routes:
            - { path: /o, methods: [GET, POST], to: orders, retries: 2 }
        """);

    [Fact]
    public void No_goal_weighs_more_behind_the_gateway_than_inside()
    {
        var found = Found(
            """
            services: { orders: {}, orders-next: {}, catalog: {}, stock: {} }
            gateway: { routes: [{ to: orders, split: { orders-next: 10% } }] }
            """).Where(f => f.Code == "CW2202").ToArray();
        Assert.Equal(
            [
                (Severity.Warning, "'orders' is used through the gateway, and no goal for its availability or latency is declared."),
                (Severity.Warning, "'orders-next' is used through the gateway, and no goal for its availability or latency is declared."),
                (Severity.Info, "'catalog' and 'stock' have no service level objective."),
            ],
            found.Select(f => (f.Severity, f.Message)));
    }

    [Fact]
    public void A_goal_for_latency_alone_is_a_goal() => CheckHasNo("CW2202",
        """
        services: { orders: { slo: { latency: { p99: 1s } } } }
        """);

    [Fact]
    public void A_promise_over_the_product_of_required_callees_is_found() => Check(
        """
        services:
          orders: { slo: { availability: 99.9% }, calls: { pay: { timeout: 1s, required: true }, stock: { timeout: 1s, required: true }, mail: 1s } }
          pay: { slo: { availability: 99.9% } }
          stock: { slo: { availability: 99.9% } }
          mail: { slo: { availability: 90% } }
        """,
        "2:20 CW2203 'orders' promises 99.9 %, but what it requires promises together only 99.8 %: pay 99.9 % x stock 99.9 %.");

    [Fact]
    public void A_promise_equal_to_the_one_required_callee_is_kept() => CheckHasNo("CW2203",
        """
        services:
          orders: { slo: { availability: 99.9% }, calls: { pay: { timeout: 1s, required: true } } }
          pay: { slo: { availability: 99.9% } }
        """);
}
