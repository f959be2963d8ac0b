using Conway.Findings;

namespace Conway.Checks.Tests;

public sealed class OwnRuleTests
{
    private const string Services = """
        teams: { red: {}, blue: {} }
        contexts: { web: { team: red }, billing: { team: blue } }
        services:
          storefront: { context: web, tags: [web], calls: { orders: 1s, cards: 1s } }
          orders: { context: billing, tags: [domain], calls: { orders-store: 1s }, publishes: [OrderPlaced] }
          cards: { context: billing, tags: [domain, secret] }
          orders-store: { team: blue, tags: [data], calls: { orders: 1s } }
          mailer: { tags: [domain], consumes: [OrderPlaced] }
        """;

    [Fact]
    public void A_forbidden_call_is_told_under_the_rules_own_code_weight_and_reason()
    {
        var finding = Assert.Single(Broken("code: CW9101, because: card data must not reach the web, weight: error, forbid: { from: { context: web }, to: { tag: secret } }"));
        Assert.Equal(("CW9101", Severity.Error, "Rule 'own'", "Card data must not reach the web."), (finding.Code, finding.Severity, finding.Rule.Title, finding.Rule.Why));
        Assert.Equal("'storefront' calls 'cards', which the rule 'own' forbids.", finding.Message);
        Assert.Equal("services.storefront.calls.cards", finding.ModelPath);
    }

    [Fact]
    public void What_was_seen_and_is_not_declared_is_forbidden_too()
    {
        var finding = Assert.Single(Broken("code: CW9101, because: x, forbid: { from: mailer, to: cards }", "mailer GET /x x3\n  cards GET /card"));
        Assert.Equal("'mailer' was seen to call 'cards' (3 times), which the rule 'own' forbids.", finding.Message);
    }

    [Fact]
    public void Events_are_another_kind_of_dependency()
    {
        Assert.Empty(Broken("code: CW9101, because: x, forbid: { from: mailer, to: orders }"));
        Assert.Equal("'mailer' handles OrderPlaced of 'orders', which the rule 'own' forbids.", Assert.Single(Broken("code: CW9101, because: x, forbid: { from: mailer, to: orders, by: events }")).Message);
        Assert.Single(Broken("code: CW9101, because: x, forbid: { from: mailer, to: orders, by: any }"));
    }

    [Fact]
    public void Who_may_call_some_only_is_told_of_every_other() =>
        Assert.Equal(
            ["'storefront' calls 'cards', and by the rule 'own' it may depend on name 'orders' only."],
            Broken("code: CW9101, because: x, only: { from: { tag: web }, to: orders }").Select(f => f.Message));

    [Fact]
    public void Who_must_call_another_and_does_not_is_told() =>
        Assert.Equal(
            ["'cards' depends on no tag 'data', as the rule 'own' requires.", "'mailer' depends on no tag 'data', as the rule 'own' requires."],
            Broken("code: CW9101, because: x, require: { from: { tag: domain }, to: { tag: data } }").Select(f => f.Message));

    [Fact]
    public void A_call_up_the_layers_is_told_and_one_down_or_within_is_not() =>
        Assert.Equal(
            ["'orders-store' calls 'orders': from layer 'data' up to 'domain', which the rule 'own' forbids."],
            Broken("code: CW9101, because: x, layers: [web, domain, data]").Select(f => f.Message));

    [Fact]
    public void Names_that_are_not_as_agreed_are_told() =>
        Assert.Equal(
            ["'cards' is not called like orders*, as the rule 'own' wants of team 'blue'."],
            Broken("code: CW9101, because: x, named: { services: { team: blue }, like: \"orders*\" }").Select(f => f.Message));

    [Fact]
    public void A_rule_about_nothing_is_an_error_with_the_name_that_was_meant()
    {
        var finding = Assert.Single(Found("code: CW9101, because: x, forbid: { from: { tag: secrte }, to: orders }"), f => f.Code == "CW9001");
        Assert.Equal((Severity.Error, "rules.own.forbid.from", "Write tag: secret."), (finding.Severity, finding.ModelPath, finding.Mend));
    }

    [Fact]
    public void A_breach_can_be_suppressed_and_has_a_fingerprint_of_its_own()
    {
        var (model, _) = Checking.Read($"suppress: [{{ finding: CW9101, at: services.storefront.calls.cards, reason: soon }}]\nrules: {{ own: {{ code: CW9101, because: x, forbid: {{ from: storefront, to: {{ tag: domain }} }} }} }}\n{Services}");
        var report = CheckCatalog.Judge(new CheckSubject(model), []);
        Assert.Equal("'storefront' calls 'orders', which the rule 'own' forbids.", Assert.Single(report.Findings, f => f.Code == "CW9101").Message);
        Assert.Equal("CW9101", Assert.Single(report.Suppressed).Finding.Code);
        Assert.Contains(report.Evaluated, r => r.Code == "CW9101");
    }

    [Theory]
    [InlineData("orders", "orders", true)]
    [InlineData("orders", "o*s", true)]
    [InlineData("orders", "*", true)]
    [InlineData("orders", "**", true)]
    [InlineData("orders", "*r*r*", true)]
    [InlineData("orders", "*er*r*", false)]
    [InlineData("orders", "orders*", true)]
    [InlineData("orders", "*x*", false)]
    [InlineData("orders", "order", false)]
    [InlineData("order", "orders", false)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "*a*a*a*a*a*a*a*a*a*a*a*a*c", false)]
    public void Stars_stand_for_any_text(string name, string pattern, bool like) => Assert.Equal(like, Own.Selection.IsLike(name, pattern));

    private static Finding[] Broken(string rule, string? traffic = null) => [.. Found(rule, traffic).Where(f => f.Code == "CW9101")];

    private static Finding[] Found(string rule, string? traffic = null)
    {
        var (model, _) = Checking.Read($"rules: {{ own: {{ {rule} }} }}\n{Services}");
        return [.. CheckCatalog.Check(new CheckSubject(model) { Observed = traffic is null ? null : Traffic.Run(traffic) })];
    }
}
