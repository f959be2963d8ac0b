using Conway.Checks.AsCode;
using Conway.Model;

namespace Conway.Checks.Tests;

public sealed class ArchitectureTests
{
    private static readonly ServiceSet Services = Architecture.Of(Checking.Read(
        """
        teams: { red: {} }
        contexts: { web: { team: red }, billing: {} }
        services:
          storefront: { context: web, tags: [web], calls: { orders: 1s, cards: 1s } }
          orders: { context: billing, slo: { availability: 99% }, publishes: [OrderPlaced] }
          cards: { context: billing, tags: [secret] }
          mailer: { consumes: [OrderPlaced] }
        """).Model).Services;

    [Fact]
    public void A_broken_rule_names_everything_that_breaks_it_and_the_reason()
    {
        var thrown = Assert.Throws<ArchitectureException>(() =>
            Services.InContext("web").MustNotDependOn(Services.InContext("billing")).Because("money is none of their business").Check());
        Assert.Equal(
            """
            'storefront' calls 'orders', and context 'web' must not depend on context 'billing'.
            'storefront' calls 'cards', and context 'web' must not depend on context 'billing'.
            because money is none of their business
            """, thrown.Message);
    }

    [Fact]
    public void A_kept_rule_is_silent()
    {
        Services.InContext("billing").MustNotDependOn(Services.InContext("web")).Check();
        Services.Tagged("web").MayDependOnlyOn(Services.InContext("billing")).Check();
        Services.Named("mailer").MustDependOn(Services.Named("orders"), DependencyKind.Events).Check();
        Services.OfTeam("red").MustBeNamed("store*").Check();
        Services.Named("orders").Must((_, service) => service.Slo is not null, "have a goal").Check();
    }

    [Fact]
    public void Each_other_form_can_be_broken()
    {
        Assert.Equal(["'storefront' calls 'cards', and tag 'web' may depend on name 'orders' only."], Says(Services.Tagged("web").MayDependOnlyOn(Services.Named("orders"))));
        Assert.Equal(["'mailer' depends on none of name 'orders', and name 'mailer' must."], Says(Services.Named("mailer").MustDependOn(Services.Named("orders"))));
        Assert.Equal(["'cards' does not have a goal, and context 'billing' must."], Says(Services.InContext("billing").Must((_, s) => s.Slo is not null, "have a goal")));
        Assert.Equal(["'cards' does not have a name like o*, and context 'billing' must."], Says(Services.InContext("billing").MustBeNamed("o*")));
        Assert.Equal(["'cards' does not have a goal, and context 'billing' and not name 'orders' must."], Says(Services.InContext("billing").Except(Services.Named("orders")).Must((_, s) => s.Slo is not null, "have a goal")));
    }

    [Fact]
    public void A_set_without_a_service_breaks_the_rule_it_is_in() =>
        Assert.Equal(["No service has tag 'wbe', so the rule is about nothing."], Says(Services.Tagged("wbe").MustNotDependOn(Services.Named("orders"))));

    private static IEnumerable<string> Says(Verdict verdict) => verdict.Findings.Select(f => f.Message);
}
