using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Conway.Cli.Tests;

public sealed class CheckFormTests
{
    // Names and values that would break a form that forgets to escape.
    private static readonly string Nasty = Models.Careless.Replace("  catalog:\n", "  catalog:\n    environment: { X: \"Host=<a>&'|`\\u0007 @team #1 ü ]]>\" }\n", StringComparison.Ordinal)
        .Replace("  orders:\n", "  orders:\n    environment: { X: \"Host=<a>&'|`\\u0007 @team #1 ü ]]>\" }\n", StringComparison.Ordinal) + "\nübel<&>|`@x: 1\n";

    [Theory]
    [InlineData(nameof(Models.Clean))]
    [InlineData(nameof(Models.Unwise))]
    [InlineData(nameof(Models.Broken))]
    [InlineData("Nasty")]
    [InlineData("Nothing")]
    public async Task Sarif_is_valid_by_its_official_schema(string model)
    {
        using var folder = new SystemFolder(Model(model));
        var ended = await Shell.ConwayAsync(folder.Path, "check", "-o", "sarif");
        Assert.Equal("", await SchemaSaysAsync(ended.Output));
    }

    [Fact]
    public async Task The_schema_is_really_asked()
    {
        using var folder = new SystemFolder(Models.Unwise);
        var ended = await Shell.ConwayAsync(folder.Path, "check", "-o", "sarif");
        Assert.Contains("/runs/0/results/0/level", await SchemaSaysAsync(ended.Output.Replace("\"level\": \"error\"", "\"level\": \"bad\"", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sarif_names_files_from_the_root_of_the_repository_and_keeps_its_fingerprints_when_lines_move()
    {
        using var folder = new SystemFolder();
        folder.Write(".git/HEAD", "ref: refs/heads/main");
        folder.Write("services/my shop/conway.yaml", Models.Careless);
        var at = Path.Combine(folder.Path, "services", "my shop");
        var before = Results(await Shell.ConwayAsync(at, "check", "-o", "sarif"));
        folder.Write("services/my shop/conway.yaml", "# moved\n\n" + Models.Careless);
        var after = Results(await Shell.ConwayAsync(at, "check", "-o", "sarif"));
        Assert.All(before, r => Assert.Equal("services/my%20shop/conway.yaml", r["locations"]![0]!["physicalLocation"]!["artifactLocation"]!["uri"]!.GetValue<string>()));
        Assert.Equal(before.Select(Print), after.Select(Print));
        Assert.NotEqual(before.Select(Line), after.Select(Line));

        static string Print(JsonNode result) => result["partialFingerprints"]!["conway/v1"]!.GetValue<string>();
        static int Line(JsonNode result) => result["locations"]![0]!["physicalLocation"]!["region"]!["startLine"]!.GetValue<int>();
    }

    [Theory]
    [InlineData(nameof(Models.Clean), "error")]
    [InlineData(nameof(Models.Careless), "error")]
    [InlineData(nameof(Models.Careless), "warning")]
    [InlineData(nameof(Models.Unwise), "error")]
    [InlineData(nameof(Models.Unwise), "none")]
    [InlineData(nameof(Models.Broken), "none")]
    [InlineData("Nasty", "info")]
    public async Task JUnit_fails_exactly_when_the_check_does_and_its_counts_add_up(string model, string failOn)
    {
        using var folder = new SystemFolder(Model(model));
        var ended = await Shell.ConwayAsync(folder.Path, "check", "-o", "junit", "--fail-on", failOn);
        var root = XDocument.Parse(ended.Output).Root!;
        Assert.Equal(ended.Code != 0, (int)root.Attribute("failures")! > 0);
        foreach (var node in root.Elements("testsuite").Append(root))
        {
            Assert.Equal((int)node.Attribute("tests")!, node.Descendants("testcase").Count());
            Assert.Equal((int)node.Attribute("failures")!, node.Descendants("failure").Count());
            Assert.Equal((int)node.Attribute("skipped")!, node.Descendants("skipped").Count());
        }
    }

    [Fact]
    public async Task Markdown_begins_with_the_verdict_and_no_text_of_a_model_acts_as_markup()
    {
        using var folder = new SystemFolder(Nasty);
        var text = (await Shell.ConwayAsync(folder.Path, "check", "-o", "markdown")).Output;
        Assert.StartsWith("### conway check: shop\n\n**Failed**: ", text, StringComparison.Ordinal);
        var row = Assert.Single(text.Split('\n'), l => l.StartsWith("| error | CW1101", StringComparison.Ordinal));
        Assert.Contains("'übel&lt;&amp;&gt;\\|\\`&#64;x' is not a key", row, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markdown_of_a_clean_model_says_that_it_passed()
    {
        using var folder = new SystemFolder(Models.Clean.Replace("services:", "services: {}\nx:", StringComparison.Ordinal).Split("\nx:")[0]);
        Assert.StartsWith("### conway check: shop\n\n**Passed**: no findings.\n", (await Shell.ConwayAsync(folder.Path, "check", "-o", "markdown")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_model_suppresses_is_told_nowhere_but_counted_everywhere()
    {
        using var folder = new SystemFolder(Models.Careless + "\nsuppress:\n  - { finding: CW2103, at: services.orders, reason: <soon>, until: 2999-12-31 }\n");
        var text = await Shell.ConwayAsync(folder.Path, "check", "--strict");
        Assert.Equal(0, text.Code);
        Assert.DoesNotContain("CW2103", text.Output, StringComparison.Ordinal);
        Assert.Contains("\nsuppressed: 1 finding by the model (-o json lists them)\n", "\n" + text.Output, StringComparison.Ordinal);
        var json = JsonNode.Parse((await Shell.ConwayAsync(folder.Path, "check", "-o", "json")).Output)!["suppressed"]![0]!;
        Assert.Equal(("CW2103", "<soon>", "2999-12-31"), (json["code"]!.GetValue<string>(), json["reason"]!.GetValue<string>(), json["until"]!.GetValue<string>()));
        var sarif = (await Shell.ConwayAsync(folder.Path, "check", "-o", "sarif")).Output;
        Assert.Equal("", await SchemaSaysAsync(sarif));
        Assert.Equal("<soon>", Assert.Single(JsonNode.Parse(sarif)!["runs"]![0]!["results"]!.AsArray(), r => r!["ruleId"]!.GetValue<string>() == "CW2103")!["suppressions"]![0]!["justification"]!.GetValue<string>());
        var junit = XDocument.Parse((await Shell.ConwayAsync(folder.Path, "check", "-o", "junit")).Output);
        Assert.Equal("suppressed: <soon>", (string)Assert.Single(junit.Descendants("testcase"), c => (string)c.Attribute("classname")! == "conway.CW2103").Element("skipped")!.Attribute("message")!);
        Assert.Contains("Because: &lt;soon&gt; (until 2999-12-31)", (await Shell.ConwayAsync(folder.Path, "check", "-o", "markdown")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_a_check_ends_with_its_numbers_as_the_model_has_them()
    {
        using var folder = new SystemFolder(Models.Clean + "\nchecks: { hops: 7 }\n");
        Assert.Matches(@"checks\.hops\.max +7 +conway\.yaml:[0-9]+:[0-9]+ ", (await Shell.ConwayAsync(folder.Path, "explain", "CW2106")).Output);
        var limit = JsonNode.Parse((await Shell.ConwayAsync("/", "explain", "CW2106", "-o", "json")).Output)!["limits"]![0]!;
        Assert.Equal(("checks.hops.max", "4"), (limit["path"]!.GetValue<string>(), limit["default"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Manifests_are_looked_at_when_asked_for()
    {
        using var folder = new SystemFolder(Models.Clean);
        folder.Write("deploy/compose.yaml", "services:\n  orders: { image: shop/orders }\n");
        Assert.Contains("not evaluated: CW6102 CW6104 need manifests (--with manifests)\n", (await Shell.ConwayAsync(folder.Path, "check")).Output, StringComparison.Ordinal);
        var ended = await Shell.ConwayAsync(folder.Path, "check", "--with", "manifests");
        Assert.Contains("deploy/compose.yaml:2:11  warning CW6104  Compose 'orders': the image shop/orders has no fixed version.", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("need manifests", ended.Output, StringComparison.Ordinal);
        var odd = await Shell.ConwayAsync(folder.Path, "check", "--with", "manifest");
        Assert.Equal((2, "conway: --with cannot be 'manifest'. Did you mean 'manifests'?\n"), (odd.Code, odd.Error));
    }

    [Fact]
    public async Task Source_and_history_are_looked_at_when_asked_for()
    {
        using var folder = new SystemFolder("""
            conway: 1
            system: shop
            services:
              orders: { command: node orders.js, directory: orders }
              catalog: { command: node catalog.js, directory: catalog }
            """);
        folder.Write("orders/orders.js", "fetch(process.env.CATALOG_URL)\n");
        var model = await Shell.ConwayAsync(folder.Path, "check");
        Assert.Matches(@"not evaluated: CW[0-9 CW]*CW7106 CW7107 need code \(--with code\)\n", model.Output);
        Assert.Matches(@"\nin part: \d+ rules would see more with [^\n]*--with code[^\n]*\n", model.Output);
        var code = await Shell.ConwayAsync(folder.Path, "check", "--with", "code");
        Assert.Contains("orders/orders.js:1:19  warning CW7106  'orders' reads CATALOG_URL, and the model does not say that it calls 'catalog'.", code.Output, StringComparison.Ordinal);
        Assert.Contains("CW3401 CW6101 need code: No C# was found in a folder of a service (project, directory).", code.Output, StringComparison.Ordinal);
        var json = JsonNode.Parse((await Shell.ConwayAsync(folder.Path, "check", "-o", "json", "--with", "code")).Output)!;
        Assert.Contains(json["inPart"]!.AsArray(), r => r!["code"]!.GetValue<string>() == "CW3110" && r["needs"]![0]!.GetValue<string>() == "traces");
        var git = await Shell.ConwayAsync(folder.Path, "check", "--with", "git");
        Assert.Contains("warning CW1651  The history of the folder cannot be read: not a git repository", git.Output, StringComparison.Ordinal);
        Assert.Contains("CW3203 CW3205 need git (--with git)", git.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note_about_many_places_is_told_once()
    {
        using var folder = new SystemFolder(Models.Clean.Replace("slo: { availability: 99.9% }", "slo: { availability: 99.9% }\n    load: { requests: 5/s }", StringComparison.Ordinal));
        var ended = await Shell.ConwayAsync(folder.Path, "check");
        Assert.Single(ended.Output.Split('\n'), l => l.Contains("CW1901", StringComparison.Ordinal) && l.EndsWith("(and at 1 other place; -o json lists them)", StringComparison.Ordinal));
        Assert.Contains(", 2 notes in 1 file.\n", ended.Output, StringComparison.Ordinal);
        Assert.Equal(2, JsonNode.Parse((await Shell.ConwayAsync(folder.Path, "check", "-o", "json")).Output)!["findings"]!.AsArray().Count(f => f!["code"]!.GetValue<string>() == "CW1901"));
    }

    [Fact]
    public async Task A_manifest_that_cannot_be_read_is_named()
    {
        using var folder = new SystemFolder(Models.Clean);
        folder.Write("chart/orders.yaml", "kind: {{ .Values.kind }}\n");
        Assert.Contains("not read: chart/orders.yaml, it is a template; render it first\n", (await Shell.ConwayAsync(folder.Path, "check", "--with", "manifests")).Output, StringComparison.Ordinal);
        var json = JsonNode.Parse((await Shell.ConwayAsync(folder.Path, "check", "-o", "json", "--with", "all")).Output)!;
        Assert.Equal("chart/orders.yaml", json["unread"]![0]!["file"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_figures_of_boundaries_are_a_table_and_stand_in_json()
    {
        using var folder = new SystemFolder(Models.Clean);
        Assert.Matches(@"SERVICE +SCORE +COHESION +COUPLING +OWNERSHIP +TEAM +LOAD +WORST\n", (await Shell.ConwayAsync(folder.Path, "check", "--boundaries")).Output);
        var json = JsonNode.Parse((await Shell.ConwayAsync(folder.Path, "check", "-o", "json")).Output)!["boundaries"]!.AsArray();
        Assert.Equal(["orders", "catalog"], json.Select(b => b!["service"]!.GetValue<string>()));
        Assert.Null(json[0]!["cohesion"]);
        Assert.InRange(json[0]!["score"]!.GetValue<double>(), 0.0, 1.0);
    }

    [Fact]
    public async Task A_rule_of_the_teams_own_is_checked_and_explained()
    {
        using var folder = new SystemFolder(Models.Clean + "\nrules:\n  apart: { code: CW9101, because: it was decided, weight: error, forbid: { from: orders, to: catalog } }\n");
        var ended = await Shell.ConwayAsync(folder.Path, "check");
        Assert.Equal(1, ended.Code);
        Assert.Contains("error CW9101  'orders' calls 'catalog', which the rule 'apart' forbids.", ended.Output, StringComparison.Ordinal);
        Assert.Contains("it was decided", (await Shell.ConwayAsync(folder.Path, "explain", "CW9101")).Output, StringComparison.Ordinal);
    }

    private static string? Model(string name) => name switch
    {
        nameof(Models.Clean) => Models.Clean,
        nameof(Models.Careless) => Models.Careless,
        nameof(Models.Unwise) => Models.Unwise,
        nameof(Models.Broken) => Models.Broken,
        "Nothing" => "",
        _ => Nasty,
    };

    private static JsonNode[] Results(Ended ended) => [.. JsonNode.Parse(ended.Output)!["runs"]![0]!["results"]!.AsArray().Select(r => r!)];

    private static async Task<string> SchemaSaysAsync(string sarif)
    {
        var folder = await NpmClient.FolderAsync("sarif");
        var outcome = await NpmClient.ExecuteAsync("node", ["run.js"], folder, TimeSpan.FromMinutes(2), sarif);
        Assert.True(outcome.Code == 0, outcome.Errors);
        return outcome.Output;
    }
}
