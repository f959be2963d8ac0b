namespace Conway.Reader.Tests;

public sealed class EnvironmentTests
{
    private const string Model = """
        conway: 1
        system: shop
        services:
          a: { project: src/A, replicas: 1, tags: [x, y], calls: [b, c], environment: { A: 1, B: 2 }, slo: { availability: 99% } }
          b: { command: b }
          c: { command: c }
        """;

    [Fact]
    public void Maps_merge_lists_replace_and_null_removes()
    {
        var a = Read.Model(Model + """

            environments:
              production:
                services:
                  a: { replicas: 3, tags: [z], environment: { B: ~, C: 3 }, slo: ~, calls: { c: ~, b: { retries: 2 } } }
                  c: ~
            """, "production");
        Assert.False(a.HasErrors);
        var service = a.Model.Services["a"];
        Assert.Equal(3, service.Replicas);
        Assert.Equal(["z"], service.Tags);
        Assert.Equal(["A", "C"], service.Environment.Keys);
        Assert.Null(service.Slo);
        Assert.Equal(["b"], service.Calls.Keys);
        Assert.Equal(2, service.Calls["b"].Retries);
        Assert.Equal(["a", "b"], a.Model.Services.Keys);
        Assert.Equal("conway.yaml:10:12", a.Map.Find("services.a.replicas").ToString());
        Assert.Equal("conway.yaml:4:3", a.Map.Find("services.a").ToString());
    }

    [Theory]
    [InlineData("b: 300ms", "b: { retries: 2 }", "300ms", 2)]
    [InlineData("b: { retries: 2 }", "b: 300ms", "300ms", 2)]
    [InlineData("b: 300ms", "b: 400ms", "400ms", 0)]
    public void A_short_form_merges_like_the_long_one(string below, string above, string timeout, int retries)
    {
        var call = Read.Clean($"conway: 1\nsystem: s\nservices: {{ a: {{ project: src/A, calls: {{ {below} }} }}, b: {{ command: b }} }}\nenvironments: {{ e: {{ services: {{ a: {{ calls: {{ {above} }} }} }} }} }}", "e").Services["a"].Calls["b"];
        Assert.Equal(timeout, Conway.Model.UnitText.Format(call.Timeout!.Value));
        Assert.Equal(retries, call.Retries);
    }

    [Fact]
    public void An_environment_may_stand_in_any_file_and_in_one_beside_the_first()
    {
        var read = Read.Model(Model + "\ninclude: [team.yaml]\nenvironments: { production: { gateway: { port: 80 } }, test: }", "production", null,
            ("team.yaml", "environments: { production: { services: { a: { replicas: 2 } } } }"),
            ("conway.production.yaml", "services: { a: { drain: 30s } }"),
            ("conway.staging.yaml", "{}"));
        Assert.Empty(read.Findings);
        Assert.Equal((80, 2, TimeSpan.FromSeconds(30)), (read.Model.Gateway.Port, read.Model.Services["a"].Replicas, read.Model.Services["a"].Drain));
        Assert.Equal(["production", "staging", "test"], read.Environments);
    }

    [Fact]
    public void Without_a_chosen_environment_none_is_laid_over() =>
        Assert.Equal(1, Read.Clean(Model + "\nenvironments: { production: { services: { a: { replicas: 3 } } } }").Services["a"].Replicas);

    [Fact]
    public void An_environment_may_bring_a_service_of_its_own() =>
        Assert.Equal(["a", "b", "c", "d"], Read.Clean(Model + "\nenvironments: { test: { services: { d: { command: d, calls: [a] } } } }", "test").Services.Keys);
}
