namespace Conway.Lowering.Tests;

public sealed class PlanDifferenceTests
{
    private const string Base = """
        services:
          a: { command: run a, calls: { b: { timeout: 1s } } }
          b: { command: run b }
        gateway: { routes: [ { path: /a, to: a } ] }
        """;

    [Theory]
    [InlineData("run b }", "run b }", "")]
    [InlineData("run b }", "run better }", "restart b: another command")]
    [InlineData("run b }", "run b, environment: { X: 1 } }", "restart b: environment X")]
    [InlineData("run b }", "run b, health: /ready }", "adjust b")]
    [InlineData("run b }", "run b, drain: 3s }", "adjust b")]
    [InlineData("path: /a,", "path: /aa,", "swap routes and listeners")]
    [InlineData("timeout: 1s", "timeout: 1s, outlier: { consecutive-5xx: 2 }", "swap routes and listeners")]
    [InlineData("timeout: 1s", "timeout: 2s", "restart a: environment B_TIMEOUT_MS|swap routes and listeners")]
    public void Only_what_changed_is_done(string before, string after, string expected) =>
        Assert.Equal(expected, string.Join('|', PlanDifference.Between(Some.Plan(Base), Some.Plan(Base.Replace(before, after, StringComparison.Ordinal))).Describe()));

    [Fact]
    public void Replicas_and_services_that_come_and_go_touch_no_other()
    {
        // Ports come from keys, so a new replica must not move those of others: as the node's ledger, take the old ones over.
        var old = Some.Plan(Base);
        var more = old with { Services = old.Services.With("b", old.Services["b"] with { Replicas = [.. old.Services["b"].Replicas, new ReplicaPlan("b-2", 2, 1, 2)] }) };
        Assert.Equal(["scale b"], PlanDifference.Between(old, more).Describe());
        var third = old with { Services = old.Services.With("c", old.Services["b"] with { Name = "c" }) };
        Assert.Equal(["start c"], PlanDifference.Between(old, third).Describe());
        Assert.Equal(["stop c"], PlanDifference.Between(third, old).Describe());
    }
}
