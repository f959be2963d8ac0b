using System.Text.Json;

namespace Conway.Cli.Tests;

public sealed class CheckOutputTests
{
    [Fact]
    public async Task Json_is_one_document_with_every_finding_and_its_place()
    {
        using var folder = new SystemFolder(Models.Unwise);
        var ended = await Shell.ProcessAsync(folder.Path, "check", "-o", "json");
        var report = JsonDocument.Parse(ended.Output).RootElement;
        Assert.Equal((1, 0), (report.GetProperty("errors").GetInt32(), report.GetProperty("warnings").GetInt32()));
        var finding = report.GetProperty("findings").EnumerateArray().Single(f => f.GetProperty("severity").GetString() == "error");
        Assert.Equal("CW2104", finding.GetProperty("code").GetString());
        Assert.Equal("conway.yaml", finding.GetProperty("place").GetProperty("file").GetString());
        Assert.Equal("services.orders.calls.catalog.timeout", finding.GetProperty("modelPath").GetString());
    }

    [Fact]
    public async Task What_is_the_same_for_all_findings_of_a_rule_is_told_with_the_first()
    {
        using var folder = new SystemFolder("""
            conway: 1
            system: shop
            services:
              orders: { command: a, api: { budget: 800ms }, calls: { catalog: 2s, stock: 3s, mail: 3s } }
              catalog: { command: b }
              stock: { command: c }
              mail: { command: d }
            """);
        var told = (await Shell.ProcessAsync(folder.Path, "check")).Output;
        Assert.Equal((3, 1, 1), (Count("error CW2104"), Count("explain CW2104"), Count("Those who wait for the caller have given up")));
        Assert.Equal(3, Count("mend  Lower the timeout of orders -> "));

        int Count(string text) => told.Split(text).Length - 1;
    }

    [Fact]
    public async Task Sarif_names_rule_level_and_region()
    {
        using var folder = new SystemFolder(Models.Unwise);
        var log = JsonDocument.Parse((await Shell.ProcessAsync(folder.Path, "check", "-o", "sarif")).Output).RootElement;
        Assert.Equal("2.1.0", log.GetProperty("version").GetString());
        var run = log.GetProperty("runs")[0];
        var result = run.GetProperty("results").EnumerateArray().Single(r => r.GetProperty("level").GetString() == "error");
        var rule = run.GetProperty("tool").GetProperty("driver").GetProperty("rules")[result.GetProperty("ruleIndex").GetInt32()];
        Assert.Equal(("CW2104", "CW2104"), (result.GetProperty("ruleId").GetString(), rule.GetProperty("id").GetString()));
        var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal("conway.yaml", place.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.InRange(place.GetProperty("region").GetProperty("startLine").GetInt32(), 1, 100);
    }

    [Fact]
    public async Task Check_refreshes_the_schema_beside_the_model_and_keeps_git_out()
    {
        using var folder = new SystemFolder(Models.Clean);
        folder.Write(".conway/schema.json", "old");
        await Shell.ProcessAsync(folder.Path, "check");
        var schema = await File.ReadAllTextAsync(Path.Combine(folder.StateFolder, "schema.json"), TestContext.Current.CancellationToken);
        Assert.Equal((await Shell.ProcessAsync(folder.Path, "schema")).Output.TrimEnd('\n'), schema.TrimEnd('\n'));
        Assert.Contains("$schema", schema, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_model_is_found_from_a_folder_below()
    {
        using var folder = new SystemFolder(Models.Clean);
        var below = Directory.CreateDirectory(Path.Combine(folder.Path, "src", "deep")).FullName;
        Assert.Equal(0, (await Shell.ProcessAsync(below, "check")).Code);
        Assert.Equal(0, (await Shell.ProcessAsync("/", "check", folder.Path)).Code);
        Assert.Equal(0, (await Shell.ProcessAsync("/", "check", Path.Combine(folder.Path, "conway.yaml"))).Code);
    }

    [Fact]
    public async Task Doctor_tells_one_fact_a_line_and_what_is_left_over()
    {
        using var folder = new SystemFolder(Models.Clean);
        using (var gone = Shell.Start("/", null, ["true"]))
        {
            await gone.WaitForExitAsync(TestContext.Current.CancellationToken);
            folder.Write(".conway/node.json", FakeNode.NodeJson("http://127.0.0.1:1", "t", gone.Id));
        }

        var environment = new Dictionary<string, string> { ["HTTP_PROXY"] = "http://proxy:3128" };
        var ended = await Shell.RunAsync(folder.Path, environment, [Repository.Conway, "doctor", "-o", "json"]);
        var facts = JsonDocument.Parse(ended.Output).RootElement.EnumerateArray().ToDictionary(f => f.GetProperty("name").GetString()!, f => f.GetProperty("state").GetString());
        Assert.Equal(("odd", "odd", "ok"), (facts["run"], facts["proxy"], facts["node"]));
    }

    [Fact]
    public async Task Init_describes_what_it_finds_and_the_result_reads_without_errors()
    {
        using var folder = new SystemFolder();
        folder.Write("src/Orders/Orders.csproj", "<Project Sdk=\"Microsoft.NET.Sdk.Web\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");
        folder.Write("shipping/package.json", """{"name":"shipping","scripts":{"start":"node server.js"},"dependencies":{}}""");
        folder.Write("shipping/server.js", "");
        var ended = await Shell.ProcessAsync(folder.Path, "init", "--name", "shop");
        Assert.Equal(0, ended.Code);
        Assert.Equal("shipping  Node.js  shipping\norders  .NET web  src/Orders\n", ended.Output);
        Assert.NotEqual(3, (await Shell.ProcessAsync(folder.Path, "check")).Code);
    }
}
