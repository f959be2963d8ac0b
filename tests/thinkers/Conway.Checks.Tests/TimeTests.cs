using static Conway.Checks.Tests.Checking;

namespace Conway.Checks.Tests;

public sealed class TimeTests
{
    [Fact]
    public void A_call_without_a_timeout_is_found_when_the_caller_has_no_budget_either() => Check(
        """
        services:
          orders: { calls: [catalog] }
          catalog: {}
        """,
        "2:21 CW2103 'orders' calls 'catalog' without a timeout and has no budget of its own: it waits up to 30 s.");

    [Fact]
    public void The_callers_budget_bounds_a_call_without_a_timeout() => CheckHasNo("CW2103",
        """
        services:
          orders: { api: { budget: 1s }, calls: [catalog] }
          catalog: {}
        """);

    [Fact]
    public void The_calls_own_budget_bounds_it_too() => CheckHasNo("CW2103",
        """
        services:
          orders: { calls: { catalog: { budget: 1s } } }
          catalog: {}
        """);

    [Fact]
    public void A_call_slower_than_its_callers_budget_is_found() => Check(
        """
        services:
          checkout: { api: { budget: 800ms }, calls: { pricing: { timeout: 2s } } }
          pricing: {}
        """,
        "2:59 CW2104 'checkout' waits up to 2 s for 'pricing', but its own budget is 800 ms.");

    [Fact]
    public void A_budget_of_a_call_over_the_callers_budget_is_found_at_the_budget() => Check(
        """
        services:
          checkout: { api: { budget: 800ms }, calls: { pricing: { timeout: 200ms, budget: 1m } } }
          pricing: {}
        """,
        "2:75 CW2104 'checkout' waits up to 1 min for 'pricing', but its own budget is 800 ms.");

    [Fact]
    public void A_call_exactly_as_long_as_the_budget_is_not_found() => CheckHasNo("CW2104",
        """
        services:
          checkout: { api: { budget: 800ms }, calls: { pricing: { timeout: 800ms } } }
          pricing: {}
        """);

    [Fact]
    public void Attempts_that_together_exceed_the_callers_budget_are_found() => Check(
        """
        services:
          orders: { api: { budget: 800ms }, calls: { catalog: { timeout: 300ms, retries: 2 } } }
          catalog: {}
        """,
        "2:73 CW2107 3 attempts of 300 ms at 'catalog' take up to 900 ms, but the budget of 'orders' is 800 ms.");

    [Fact]
    public void Attempts_are_compared_with_the_calls_budget_first() => Check(
        """
        services:
          orders: { api: { budget: 10s }, calls: { catalog: { timeout: 300ms, retries: 2, budget: 500ms } } }
          catalog: {}
        """,
        "2:71 CW2107 3 attempts of 300 ms at 'catalog' take up to 900 ms, but the budget of the call is 500 ms.");

    [Fact]
    public void The_advice_for_too_many_attempts_fits_the_budget()
    {
        var finding = Assert.Single(Found(
            """
            services:
              orders: { api: { budget: 800ms }, calls: { catalog: { timeout: 300ms, retries: 2 } } }
              catalog: {}
            """), f => f.Code == "CW2107");
        Assert.Equal("Lower the timeout of orders -> catalog to 266 ms, or its retries to 1, or raise the budget of 'orders' to 900 ms.", finding.Mend);
    }

    [Fact]
    public void An_attempt_that_is_too_long_by_itself_is_told_once_only() => Check(
        """
        services:
          orders: { api: { budget: 100ms }, calls: { catalog: { timeout: 300ms, retries: 2 } } }
          catalog: {}
        """,
        "2:57 CW2104 'orders' waits up to 300 ms for 'catalog', but its own budget is 100 ms.");
}
