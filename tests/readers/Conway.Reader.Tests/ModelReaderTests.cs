using Conway.Model;

namespace Conway.Reader.Tests;

public sealed class ModelReaderTests
{
    private const string Head = "conway: 1\nsystem: shop\n";

    [Fact]
    public void The_sample_reads_without_a_warning()
    {
        var read = ModelReader.Read(new DiskFileTree(Repository.Path("samples", "shop")), "conway.yaml", new ReadOptions());
        Assert.Equal([], read.Findings.Where(f => f.Severity != Findings.Severity.Info).Select(f => f.ToString()));
        Assert.Equal("shop", read.Model.System);
        Assert.Contains("conway.yaml", read.Files);
        Assert.All(read.Model.Services.Keys, name => Assert.True(read.Map.IsWritten($"services.{name}")));
    }

    [Fact]
    public void Keys_that_are_not_written_hold_their_defaults()
    {
        var call = Read.Clean(Head + "services: { a: { project: src/A, calls: { b: } }, b: { command: x } }").Services["a"].Calls["b"];
        Assert.Equal(new Call(), call);
    }

    [Theory]
    [InlineData("calls: [b, c]")]
    [InlineData("calls: { b: , c: {} }")]
    [InlineData("calls: { b: ~, c: null }")]
    public void A_list_of_names_is_a_map_with_every_default(string calls)
    {
        var service = Read.Clean(Head + $"services: {{ a: {{ project: src/A, {calls} }}, b: {{ command: x }}, c: {{ command: x }} }}").Services["a"];
        Assert.Equal(["b", "c"], service.Calls.Keys);
        Assert.All(service.Calls.Values, c => Assert.Equal(new Call(), c));
    }

    [Fact]
    public void A_bare_value_is_the_short_form_of_a_map()
    {
        var service = Read.Clean(Head + "services: { a: { project: src/A, calls: { b: 300ms }, health: /ok, owns: { a-db: postgresql } }, b: { command: x } }").Services["a"];
        Assert.Equal(TimeSpan.FromMilliseconds(300), service.Calls["b"].Timeout);
        Assert.Equal("/ok", service.Health!.Path);
        Assert.Equal(StoreEngine.Postgresql, service.Owns["a-db"].Engine);
    }

    [Fact]
    public void In_yaml_1_2_yes_on_and_no_are_text_and_0o17_is_a_number()
    {
        var service = Read.Clean(Head + "services: { a: { project: src/A, replicas: 0o17, environment: { A: yes, B: on, C: no, D: 1.10, E: 0755, F: ~, G: null, H: 'null' } } }").Services["a"];
        Assert.Equal(15, service.Replicas);
        Assert.Equal(["yes", "on", "no", "1.10", "0755", "", "", "null"], service.Environment.Values);
    }

    [Fact]
    public void A_body_keeps_its_json_shape()
    {
        var step = Read.Clean(Head + """
            journeys:
              buy:
                steps:
                  - post: /x
                    body: { id: "${id}", count: 2, price: 1.50, ok: true, none: ~, big: 123456789012345678901234567890, oct: 0o10, "n": [no, "5", {}] }
                    expect: { status: 202, json: { $.total: { gt: 0 } } }
                    until: { $.status: shipped, $.x: null }
            """).Journeys["buy"].Steps[0];
        Assert.Equal("""{"id":"${id}","count":2,"price":1.5,"ok":true,"none":null,"big":123456789012345678901234567890,"oct":8,"n":["no","5",{}]}""", step.Body!.Json);
        Assert.Equal("""{"gt":0}""", step.Expect.Json["$.total"].Json);
        Assert.Equal(["\"shipped\"", "null"], step.Until.Values.Select(v => v.Json));
    }

    [Theory]
    [InlineData("b: 60%, c: 40%", null)]
    [InlineData("b: 33.3%, c: 66.7%", null)]
    [InlineData("b: 60%, c: 40.5%", "conway.yaml:4:41 CW1104 The shares in 'split' are 100.5% together, and at most 100% is allowed.")]
    public void A_route_gives_no_more_than_all_of_its_requests_away(string split, string? said) =>
        Assert.Equal(said is null ? [] : [said], Read.Model(Head + $$"""
            services: { a: { command: x }, b: { command: x }, c: { command: x } }
            gateway: { routes: [{ path: /**, to: a, split: { {{split}} } }] }
            """).Findings.Where(finding => finding.Severity == Findings.Severity.Error).Select(finding => finding.ToString()));

    [Fact]
    public void A_method_that_is_not_in_capitals_is_told_with_the_line_that_was_meant() =>
        Assert.Equal("Write 'POST /x'.", Read.Model(Head + "services: { a: { command: x, calls: { b: { only: [\"post /x\"] } } }, b: { command: x } }").Findings.Single(finding => finding.Code == "CW1116").Mend);

    [Fact]
    public void An_alias_is_the_value_that_it_stands_for()
    {
        var model = Read.Clean(Head + "services: { a: { project: src/A, slo: &slo { availability: 99% } }, b: { command: x, slo: *slo } }");
        Assert.Equal(model.Services["a"].Slo, model.Services["b"].Slo);
    }

    [Fact]
    public void Files_of_several_teams_make_one_model()
    {
        var read = Read.Model(Head + "include: [teams.yaml, \"services/*.yaml\"]\ngateway: { routes: [{ path: /a, to: a }] }", others:
        [
            ("teams.yaml", "teams: { red: {} }"),
            ("services/a.yaml", "conway: 1\nsystem: shop\nservices: { a: { project: src/A, team: red } }\ngateway: { routes: [{ path: /b, to: b }] }"),
            ("services/b.yaml", "include: [more/c.yaml]\nservices: { b: { command: x } }"),
            ("services/more/c.yaml", "services: { c: { command: x } }"),
            ("services/d.yml", "not: read"),
        ]);
        Assert.Empty(read.Findings);
        Assert.Equal(["a", "b", "c"], read.Model.Services.Keys);
        Assert.Equal(["/a", "/b"], read.Model.Gateway.Routes.Select(r => r.Path));
        Assert.Equal("services/more/c.yaml:1:13", read.Map.Find("services.c.replicas").ToString());
        Assert.Equal("services/a.yaml:4:21", read.Map.Find("gateway.routes[1]").ToString());
        Assert.Equal(["conway.*.yaml", "conway.yaml", "services/*.yaml", "services/a.yaml", "services/b.yaml", "services/more/c.yaml", "teams.yaml"], read.Files);
    }

    [Fact]
    public void Every_key_has_its_place()
    {
        var read = Read.Model(Head + "services:\n  a:\n    project: src/A\n    calls: { b: { timeout: 1s } }\n  b: { command: x }\n");
        Assert.Equal("conway.yaml:6:19", read.Map.Find("services.a.calls.b.timeout").ToString());
        Assert.Equal("conway.yaml:6:14", read.Map.Find("services.a.calls.b.budget").ToString());
        Assert.Equal("conway.yaml:3:1", read.Map.Find("services.zzz").ToString());
    }

    [Fact]
    public void The_findings_of_two_readings_are_the_same()
    {
        var text = File.ReadAllText(Repository.Path("tests", "readers", "Conway.Reader.Tests", "testdata", "broken", "model.txt"));
        Assert.Equal(Read.Model(text).Findings, Read.Model(text).Findings);
    }

    [Fact]
    public void A_file_with_a_byte_order_mark_and_carriage_returns_reads_the_same()
    {
        const string Text = "conway: 1\nsystem: shop\nservices:\n  a:\n    project: src/A\n    description: |\n      two\n      lines\n";
        var plain = Read.Clean(Text);
        Assert.Equal(plain, Read.Clean("\uFEFF" + Text));
        Assert.Equal(plain, Read.Clean(Text.Replace("\n", "\r\n")));
        Assert.Equal(plain, Read.Clean(Text.Replace("\n", "\r")));
    }

    [Fact]
    public void Nothing_written_for_a_journey_is_taken_for_a_variable()
    {
        var step = Read.Clean(Head + "journeys: { buy: { steps: [{ get: \"/api/${id}\", headers: { A: \"${uuid}\", B: $HOME, C: \"$${x}\" } }] } }").Journeys["buy"].Steps[0];
        Assert.Equal("/api/${id}", step.Get);
        Assert.Equal(["${uuid}", "$HOME", "$${x}"], step.Headers.Values);
    }

    [Fact]
    public void Variables_of_the_environment_are_put_in_and_secrets_are_not()
    {
        var service = Read.Clean(Head + """
            services:
              a:
                command: node ${env:FILE:-server.js} --port ${env:P}
                replicas: "${env:N}"
                drain: ${env:D:-3s}
                environment: { A: "${env:N}-${env:P}", B: "${secret:db/password}", C: "${env:EMPTY:-}" }
            """, variables: name => name switch { "N" => "3", "P" => "80", _ => null }).Services["a"];
        Assert.Equal("node server.js --port 80", service.Command);
        Assert.Equal(3, service.Replicas);
        Assert.Equal(TimeSpan.FromSeconds(3), service.Drain);
        Assert.Equal(["3-80", "${secret:db/password}", ""], service.Environment.Values);
    }

    [Fact]
    public void The_value_of_a_variable_is_never_shown()
    {
        var read = Read.Model(Head + "services: { a: { project: \"${env:S}\", replicas: \"${env:S}\", drain: \"${env:S}\", health: \"${env:S}\", calls: { b: { balance: \"${env:S}\", required: \"${env:S}\" } }, load: \"${env:S}\", context: \"${env:S}\" }, b: { command: x } }",
            variables: _ => "hunter2");
        Assert.True(read.Findings.Count >= 7);
        Assert.All(read.Findings, f => Assert.DoesNotContain("hunter2", f.Message + f.Mend + f.SourceLine));
    }
}
