using Conway.Model;

namespace Conway.Scaffolding.Tests;

public sealed class RuleTests
{
    [Theory]
    [InlineData("forbid", "tag=web:payments", null, "forbid: { from: { tag: web }, to: payments }")]
    [InlineData("require", "*-api:audit", "any", "require: { from: \"*-api\", to: audit, by: any }")]
    [InlineData("only", "context=shop,tag=web edge:team=a", null, "only: { from: { context: shop, tag: web edge }, to: { team: a } }")]
    [InlineData("layers", "web,domain , true", null, "layers: [web, domain, \"true\"]")]
    [InlineData("named", "*-gateway", null, "named: { like: \"*-gateway\" }")]
    [InlineData("named", "tag=a\"b\\:x-*", null, "named: { services: { tag: \"a\\\"b\\\\\" }, like: \"x-*\" }")]
    public void A_rule_says_in_the_model_what_was_asked_for(string key, string value, string? by, string yaml)
    {
        var plan = Scaffolder.Check(Facts(), "rule", "why: it #matters", "error", by, [(key, value)]);
        Assert.Null(plan.Problem);
        Assert.Equal(new ModelEdit("rules.rule", $"code: CW9100\nbecause: \"why: it #matters\"\nweight: error\n{yaml}"), Assert.Single(plan.Model));
    }

    [Theory]
    [InlineData("forbid", "tag=web:payments", null, "Services.Tagged(\"web\").MustNotDependOn(Services.Named(\"payments\"))")]
    [InlineData("require", "*-api:audit", "any", "Services.Named(\"*-api\").MustDependOn(Services.Named(\"audit\"), DependencyKind.Any)")]
    [InlineData("only", "context=shop,tag=web edge:team=a", null, "Services.InContext(\"shop\").Tagged(\"web edge\").MayDependOnlyOn(Services.OfTeam(\"a\"))")]
    [InlineData("named", "*-gateway", null, "Services.MustBeNamed(\"*-gateway\")")]
    [InlineData("named", "tag=a\"b\\\u200b:x-*", null, "Services.Tagged(\"a\\\"b\\\\\\u200b\").MustBeNamed(\"x-*\")")]
    public void A_rule_in_code_is_a_test_that_says_the_same(string key, string value, string? by, string code)
    {
        var plan = Scaffolder.Check(Facts(), "no-way", "why: it \"matters\"", null, by, [(key, value)], isCode: true);
        Assert.Equal((null, 0, "Conway.Rules"), (plan.Problem, plan.Model.Count, Assert.Single(plan.Libraries)));
        var test = Assert.Single(plan.Files, file => file.Path == "tests/ArchitectureTests/NoWayTests.cs").Text;
        Assert.Contains($"public void The_rule_is_kept() => {code}\n        .Because(\"why: it \\\"matters\\\"\")\n        .Check();\n", test, StringComparison.Ordinal);
        Assert.Equal(by is not null, test.Contains("using Conway.Model;\n", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("layers", "web,data", null, "--layers is a rule of the model: leave --lang csharp out.")]
    [InlineData("named", "a", "info", "--weight is of a rule in the model; a test is kept or broken.")]
    [InlineData("forbid", "web", null, "'--forbid web' is not understood.")]
    public void What_is_no_test_is_told(string key, string value, string? weight, string said) =>
        Assert.StartsWith(said, Scaffolder.Check(Facts(), "rule", "why", weight, null, [(key, value)], isCode: true).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("forbid", "web", null, "'--forbid web' is not understood.")]
    [InlineData("forbid", "web:a:b", null, "'--forbid web:a:b' is not understood.")]
    [InlineData("forbid", "tag=:a", null, "'--forbid tag=:a' is not understood.")]
    [InlineData("forbid", "tag=a,tag=b:c", null, "'--forbid tag=a,tag=b:c' is not understood.")]
    [InlineData("only", "colour=red:a", null, "'--only colour=red:a' is not understood.")]
    [InlineData("require", "Web:a", null, "'--require Web:a' is not understood.")]
    [InlineData("layers", "web", null, "'--layers web' is not understood.")]
    [InlineData("layers", "web,,data", null, "'--layers web,,data' is not understood.")]
    [InlineData("layers", "web,web", null, "'--layers web,web' is not understood.")]
    [InlineData("layers", "web,data", "any", "--by says what counts as depending, and --layers is not about that.")]
    [InlineData("named", "a:b:c", null, "'--named a:b:c' is not understood.")]
    public void What_is_no_rule_is_told_with_one_that_is(string key, string value, string? by, string said) =>
        Assert.StartsWith(said, Scaffolder.Check(Facts(), "rule", "why", "info", by, [(key, value)]).Problem, StringComparison.Ordinal);

    [Fact]
    public void A_code_that_is_or_was_in_use_is_not_given_again()
    {
        Assert.Contains("code: CW9104\n", Made(Facts("CW9101", "CW9103")), StringComparison.Ordinal);
        Assert.Contains("code: CW9100\n", Made(Facts("CW9999")), StringComparison.Ordinal);
        Assert.Contains("code: CW9151\n", Made(new ScaffoldFacts(new SystemModel { Suppress = [new Suppression { Finding = "CW9150" }, new Suppression { Finding = "CW2106" }] }) { LibraryVersion = "" }), StringComparison.Ordinal);
        Assert.Contains("every code from CW9100 to CW9999 is in use", Plan(Facts([.. Enumerable.Range(9100, 900).Select(n => $"CW{n}")])).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_has_one_reason_and_says_one_thing()
    {
        Assert.StartsWith("a rule has a reason", Scaffolder.Check(Facts(), "rule", " ", "info", null, [("named", "a")]).Problem, StringComparison.Ordinal);
        Assert.StartsWith("a reason is one sentence on one line", Scaffolder.Check(Facts(), "rule", "a\nb", "info", null, [("named", "a")]).Problem, StringComparison.Ordinal);
        Assert.EndsWith("and --named, not --forbid and --named.", Scaffolder.Check(Facts(), "rule", "why", "info", null, [("forbid", "a:b"), ("named", "a")]).Problem, StringComparison.Ordinal);
    }

    private static ScaffoldPlan Plan(ScaffoldFacts facts) => Scaffolder.Check(facts, "rule", "why", "info", null, [("named", "a-*")]);

    private static string Made(ScaffoldFacts facts) => Assert.Single(Plan(facts).Model).Yaml;

    private static ScaffoldFacts Facts(params string[] codes) =>
        new(new SystemModel { Rules = new NameMap<OwnRule>([.. codes.Select(code => KeyValuePair.Create("r" + code[2..], new OwnRule { Code = code }))]) }) { LibraryVersion = "" };
}
