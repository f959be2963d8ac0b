using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Conway.Telemetry;

namespace Conway.Cli.Tests;

/// <summary>What <c>check</c> makes of the telemetry that a run has left on disk.</summary>
public sealed class ObservedTests
{
    [Fact]
    public async Task The_last_run_is_compared_with_the_model_in_every_form()
    {
        using var folder = new SystemFolder(Models.Clean);
        await RunAsync(folder, "r-1", Trace('1', "orders", "catalog"));
        await RunAsync(folder, "r-2", Trace('2', "orders", "catalog") + "," + Trace('3', "catalog", "orders"));
        var text = await Shell.ConwayAsync(folder.Path, "check", "--observed", "--strict");
        Assert.Equal(1, text.Code);
        Assert.Contains("CW7101  'catalog' calls 'orders' (once), and the model does not say so.", text.Output, StringComparison.Ordinal);
        Assert.Contains("    edit  set services.catalog.calls.orders: { timeout: ", text.Output, StringComparison.Ordinal);
        Assert.Matches("\nobserved: run r-2, [-0-9: ]+ to [0-9:]+ UTC: 4 requests, 100 % with a known caller, about 0 % of spans missing\n", text.Output);
        Assert.DoesNotContain("need traces", text.Output, StringComparison.Ordinal);

        var json = JsonNode.Parse((await Shell.ConwayAsync(folder.Path, "check", "--observed", "-o", "json")).Output)!;
        Assert.Equal(("r-2", 4, 1), (json["traffic"]!["run"]!.GetValue<string>(), json["traffic"]!["requests"]!.GetValue<int>(), json["traffic"]!["coverage"]!.GetValue<double>()));
        var finding = Assert.Single(json["findings"]!.AsArray(), f => f!["code"]!.GetValue<string>() == "CW7101")!;
        Assert.Equal(("set", "services.catalog.calls.orders"), (finding["patch"]!["change"]!.GetValue<string>(), finding["patch"]!["path"]!.GetValue<string>()));
        Assert.Contains("r-2", (await Shell.ConwayAsync(folder.Path, "check", "--observed", "-o", "markdown")).Output, StringComparison.Ordinal);
        Assert.Contains("r-2", (await Shell.ConwayAsync(folder.Path, "check", "--observed", "-o", "sarif")).Output, StringComparison.Ordinal);
        Assert.Contains("r-2", (await Shell.ConwayAsync(folder.Path, "check", "--observed", "-o", "junit")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_earlier_run_can_be_named()
    {
        using var folder = new SystemFolder(Models.Clean);
        await RunAsync(folder, "r-1", Trace('1', "catalog", "orders"));
        await RunAsync(folder, "r-2", Trace('2', "orders", "catalog"));
        Assert.Contains("CW7101", (await Shell.ConwayAsync(folder.Path, "check", "--run", "r-1")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("CW7101", (await Shell.ConwayAsync(folder.Path, "check", "--run", "r-2")).Output, StringComparison.Ordinal);
        var none = await Shell.ConwayAsync(folder.Path, "check", "--run", "../r-1");
        Assert.Equal((2, "conway: there is no run '../r-1'. The folders of .conway/telemetry are the runs there are.\n"), (none.Code, none.Error));
    }

    [Fact]
    public async Task An_isolated_run_is_compared_by_its_name_and_no_other_is()
    {
        using var folder = new SystemFolder(Models.Clean);
        await RunAsync(folder, "r-1", Trace('1', "orders", "catalog"));
        await RunAsync(folder, "r-2", Trace('2', "catalog", "orders"), "isolated/review");
        await RunAsync(folder, "r-3", Trace('3', "orders", "catalog"), "isolated/review");
        Assert.Contains("observed: run r-3,", (await Shell.ConwayAsync(folder.Path, "check", "--isolated", "review")).Output, StringComparison.Ordinal);
        Assert.Contains("CW7101", (await Shell.ConwayAsync(folder.Path, "check", "--isolated", "review", "--run", "r-2")).Output, StringComparison.Ordinal);
        Assert.Contains("observed: run r-1,", (await Shell.ConwayAsync(folder.Path, "check", "--observed")).Output, StringComparison.Ordinal);
        var none = await Shell.ConwayAsync(folder.Path, "check", "--observed", "--isolated", "other");
        Assert.Equal((2, "conway: no run of 'other' has left telemetry here yet. Start one with 'conway run --isolated other', use it, and check again.\n"), (none.Code, none.Error));
        var elsewhere = await Shell.ConwayAsync(folder.Path, "check", "--isolated", "review", "--run", "r-1");
        Assert.Equal((2, "conway: there is no run 'r-1'. The folders of .conway/isolated/review/telemetry are the runs there are.\n"), (elsewhere.Code, elsewhere.Error));
        Assert.Contains("--isolated cannot be '../review'", (await Shell.ConwayAsync(folder.Path, "check", "--isolated", "../review")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_run_rules_about_traffic_are_not_evaluated_in_any_form()
    {
        using var folder = new SystemFolder(Models.Clean);
        Assert.Matches("\nnot evaluated: CW[0-9 CW]+ need traces \\(--observed\\)\n", "\n" + (await Shell.ConwayAsync(folder.Path, "check")).Output);
        var json = JsonNode.Parse((await Shell.ConwayAsync(folder.Path, "check", "-o", "json")).Output)!["notEvaluated"]!.AsArray();
        Assert.Equal("traces", Assert.Single(json, n => n!["code"]!.GetValue<string>() == "CW7101")!["needs"]![0]!.GetValue<string>());
        var sarif = JsonNode.Parse((await Shell.ConwayAsync(folder.Path, "check", "-o", "sarif")).Output)!["runs"]![0]!["invocations"]![0]!["toolConfigurationNotifications"]!.AsArray();
        Assert.Contains(sarif, n => n!["message"]!["text"]!.GetValue<string>() == "CW7101 Call that is not declared: not evaluated: needs traces");
        var junit = XDocument.Parse((await Shell.ConwayAsync(folder.Path, "check", "-o", "junit")).Output);
        Assert.Equal("not evaluated: needs traces", (string)Assert.Single(junit.Descendants("testcase"), c => (string)c.Attribute("classname")! == "conway.CW7101").Element("skipped")!.Attribute("message")!);
        Assert.Contains("rules were not evaluated", (await Shell.ConwayAsync(folder.Path, "check", "-o", "markdown")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_telemetry_that_is_damaged_is_no_fault_of_ours()
    {
        using var folder = new SystemFolder(Models.Clean);
        folder.Write(".conway/telemetry/r-1/traces/000001.seg", "garbage");
        var ended = await Shell.ConwayAsync(folder.Path, "check", "--observed");
        Assert.Equal((2, "conway: no run has left telemetry here yet. Start one with 'conway run', use it, and check again.\n"), (ended.Code, ended.Error));
    }

    // A request to the caller, in which it calls the callee through its listener.
    private static string Trace(char id, string caller, string callee)
    {
        var trace = new string(id, 32);
        return string.Join(',', Span(caller, "1", "", 2, "POST /x"), Span(caller, "2", "1", 3, "GET"), Span("mesh", "3", "2", 3, "GET", ("conway.caller", caller), ("peer.service", callee)), Span(callee, "4", "3", 2, "GET /y"));

        string Span(string service, string span, string parent, int kind, string name, params (string Key, string Value)[] attributes)
        {
            var all = attributes.Append(("http.request.method", "GET")).Select(a => $$$"""{"key":"{{{a.Item1}}}","value":{"stringValue":"{{{a.Item2}}}"}}""");
            var start = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1_000_000;
            var parentId = parent.Length == 0 ? "" : parent.PadLeft(16, '0');
            return $$$"""
                {"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"{{{service}}}"}}]},"scopeSpans":[{"spans":[
                {"traceId":"{{{trace}}}","spanId":"{{{span.PadLeft(16, '0')}}}","parentSpanId":"{{{parentId}}}","name":"{{{name}}}","kind":{{{kind}}},
                "startTimeUnixNano":"{{{start}}}","endTimeUnixNano":"{{{start + 5_000_000}}}","attributes":[{{{string.Join(',', all)}}}]}]}]}
                """;
        }
    }

    private static async Task RunAsync(SystemFolder folder, string run, string resourceSpans, string below = "")
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var engine = await TelemetryEngine.StartAsync(new TelemetryOptions { Root = Path.Combine(folder.StateFolder, below, "telemetry"), Run = run }, TimeProvider.System, cancel);
        using var http = new HttpClient();
        using var body = new StringContent($$"""{"resourceSpans":[{{resourceSpans}}]}""", Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri($"{engine.Endpoint}/v1/traces"), body, cancel);
        Assert.Equal("{}", await answer.Content.ReadAsStringAsync(cancel));
        await engine.FlushAsync();
    }
}
