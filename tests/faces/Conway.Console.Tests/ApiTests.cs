using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Conway.Console.Tests.Played;

namespace Conway.Console.Tests;

public sealed class ApiTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("system", "name", "shop")]
    [InlineData("services/orders", "kind", "project")]
    [InlineData("services/orders", "replicas[0].replica", "1")]
    [InlineData("services/orders", "environment[1].masked", "true")]
    [InlineData("services/orders", "calls[0].endpoints[0].state", "healthy")]
    [InlineData("services/orders", "slo.availability", "99.9")]
    [InlineData("graph?windowMs=30000", "windowMs", "30000")]
    [InlineData("graph?windowMs=1", "windowMs", "1000")]
    [InlineData("graph", "nodes[0].kind", "gateway")]
    [InlineData("logs?limit=3", "records[2].id", "000001-999")]
    [InlineData("logs?limit=3", "before", "000001-997")]
    [InlineData("logs?limit=3&before=000001-997", "records[2].id", "000001-996")]
    [InlineData("logs?query=level:warn%20service:orders", "records[0].level", "warn")]
    [InlineData("traces?limit=1", "traces[0].rootService", "gateway")]
    [InlineData("metrics/red", "windowMs", "300000")]
    [InlineData("metrics/red", "rows[0].route", "null")]
    [InlineData("metrics/red", "rows[1].route", "GET /")]
    [InlineData("metrics/red?routes=false", "rows[1].service", "catalog")]
    [InlineData("metrics/red?routes=false&service=orders", "rows[0].service", "orders")]
    [InlineData("metrics/red?service=orders", "rows[2].route", "POST /")]
    [InlineData("metrics/red", "complete", "true")]
    [InlineData("metrics/compare?with=r-20261121-200112-aa01", "run.run", "r-20261121-221530-4f2a")]
    [InlineData("metrics/compare?with=r-20261121-200112-aa01", "with.run", "r-20261121-200112-aa01")]
    [InlineData("metrics/compare?with=r-20261121-200112-aa01", "rows[8].change.p99.verdict", "more")]
    [InlineData("metrics/compare?with=r-20261121-200112-aa01", "rows[20].change.p99.verdict", "tooFew")]
    [InlineData("metrics/compare?with=r-20261121-200112-aa01", "rows[3].run", "null")]
    [InlineData("metrics/red?run=r-20261120-221530-dd04", "damage[1]", "'logs/000007.seg' does not begin as a segment does: 4,096 bytes are left out.")]
    [InlineData("telemetry", "runs[0].endedAt", "null")]
    [InlineData("telemetry/runs/r-20261121-200112-aa01", "damage", "[]")]
    [InlineData("metrics?service=orders", "metrics[0].type", "histogram")]
    [InlineData("metrics/series?name=process.memory.usage&service=orders", "series[0].points[0].value", "90000000")]
    [InlineData("telemetry", "runs[0].current", "true")]
    [InlineData("findings", "findings[0].severity", "warning")]
    [InlineData("findings/rules/CW2104", "code", "CW2104")]
    [InlineData("model", "revision", "3")]
    [InlineData("model", "plan.system", "shop")]
    [InlineData("model/explain?path=services.orders", "type", "duration")]
    [InlineData("journeys", "journeys[1].lastFailure.step", "POST /api/orders")]
    public async Task Each_address_answers_as_its_reference_says(string path, string at, string expected)
    {
        await using var console = await RunningConsole.StartAsync();
        var answer = await console.Program.GetFromJsonAsync<JsonElement>($"/api/v1/{path}", Cancel);
        Assert.Equal(expected, answer.TextAt(at));
    }

    [Fact]
    public async Task A_trace_is_found_by_its_id()
    {
        await using var console = await RunningConsole.StartAsync();
        var answer = await console.Program.GetFromJsonAsync<JsonElement>($"/api/v1/traces/{PlayedTelemetry.FailedTrace}", Cancel);
        Assert.Equal("error", answer.TextAt("spans[0].status"));
        Assert.Equal(PlayedTelemetry.FailedTrace, answer.TextAt("logs[0].traceId"));
    }

    [Theory]
    [InlineData("services/order", 404, "There is no service 'order'. Did you mean 'orders'?")]
    [InlineData("services/zzz", 404, "There is no service 'zzz'.")]
    [InlineData("traces/none", 404, "No span of trace 'none' is stored in this run: it may have been dropped, or belong to another run.")]
    [InlineData("metrics/series?name=x", 400, "Give the name of the metric and of the service: ?name=process.memory.usage&service=orders")]
    [InlineData("metrics/series?name=x&service=orders", 404, "'orders' has sent no metric 'x'.")]
    [InlineData("metrics/compare", 400, "Give the run to hold this one against: ?with=r-20261120-101500-9b1c. GET /api/v1/telemetry lists the runs.")]
    [InlineData("metrics/compare?with=r-none", 404, "No telemetry of a run 'r-none' is stored. GET /api/v1/telemetry lists the runs.")]
    [InlineData("telemetry/runs/r-none", 404, "No telemetry of a run 'r-none' is stored. GET /api/v1/telemetry lists the runs.")]
    [InlineData("findings/rules/CW0000", 404, "There is no rule 'CW0000'.")]
    [InlineData("model/explain", 400, "Give a path: ?path=services.orders.calls.catalog.timeout")]
    [InlineData("model/explain?path=nothing", 404, "The model has no part 'nothing'.")]
    [InlineData("nowhere", 404, "GET /api/v1/nowhere is not part of this API; /api/v1/openapi.json lists it.")]
    public async Task What_cannot_be_answered_says_why(string path, int status, string detail)
    {
        await using var console = await RunningConsole.StartAsync();
        using var answer = await console.Program.GetAsync($"/api/v1/{path}", Cancel);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal((status, detail), ((int)answer.StatusCode, problem.TextAt("detail")));
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("logs")]
    [InlineData("logs/stream")]
    [InlineData("traces")]
    public async Task A_search_that_cannot_be_read_says_where(string path)
    {
        await using var console = await RunningConsole.StartAsync();
        using var answer = await console.Program.GetAsync($"/api/v1/{path}?query=card%20level:eror", Cancel);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("11", problem.TextAt("position"));
        Assert.Equal("'eror' is not a level. Levels are trace, debug, info, warn, error, fatal.", problem.TextAt("detail"));
    }

    [Theory]
    [InlineData("graph?windowMs=long")]
    [InlineData("logs?limit=many")]
    [InlineData("metrics/series?name=x&service=y&from=yesterday")]
    public async Task A_number_that_is_none_is_400_and_never_a_fault(string path)
    {
        await using var console = await RunningConsole.StartAsync();
        using var answer = await console.Program.GetAsync($"/api/v1/{path}", Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain("   at ", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("services/orders/start", "Start orders")]
    [InlineData("services/orders/stop", "Stop orders")]
    [InlineData("services/orders/restart", "Restart orders")]
    [InlineData("services/orders/rebuild", "Rebuild orders")]
    [InlineData("services/orders/replicas/2/kill", "kill orders 2")]
    [InlineData("journeys/buy/start", "start journey buy")]
    [InlineData("journeys/buy/stop", "stop journey buy")]
    [InlineData("stop", "stop")]
    public async Task What_is_asked_for_is_passed_on_and_accepted(string path, string done)
    {
        await using var console = await RunningConsole.StartAsync();
        using var answer = await console.Program.PostAsync($"/api/v1/{path}", null, Cancel);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal([done], console.System.Done);
        using var read = await console.Program.GetAsync($"/api/v1/{path}", Cancel);
        Assert.NotEqual(HttpStatusCode.Accepted, read.StatusCode);
        Assert.Single(console.System.Done);
    }

    [Theory]
    [InlineData("services/nobody/restart")]
    [InlineData("services/nobody/replicas/1/kill")]
    [InlineData("services/orders/replicas/9/kill")]
    [InlineData("services/orders/replicas/x/kill")]
    [InlineData("services/orders/explode")]
    [InlineData("journeys/nobody/start")]
    public async Task What_does_not_exist_cannot_be_commanded(string path)
    {
        await using var console = await RunningConsole.StartAsync();
        using var answer = await console.Program.PostAsync($"/api/v1/{path}", null, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_code_for_another_browser_is_made_on_request()
    {
        await using var console = await RunningConsole.StartAsync();
        using var answer = await console.Program.PostAsync("/api/v1/codes", null, Cancel);
        var code = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        using var entered = await console.Stranger.GetAsync(new Uri(code.TextAt("url")), Cancel);
        Assert.True(entered.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_taken_port_is_an_input_output_error_that_names_it()
    {
        await using var console = await RunningConsole.StartAsync();
        var fault = await Assert.ThrowsAsync<IOException>(() => RunningConsole.StartAsync(change: options => options with { Port = console.Port }));
        Assert.Contains($"{console.Port}", fault.Message, StringComparison.Ordinal);
    }
}
