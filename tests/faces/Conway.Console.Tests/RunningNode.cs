using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Conway.Checks;
using Conway.Console.FromNode;
using Conway.Findings;
using Conway.Node;

namespace Conway.Console.Tests;

/// <summary>A real node over two small Node.js services, with the console before it and some telemetry in it.</summary>
public sealed class RunningNode : IAsyncLifetime
{
    public const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

    /// <summary>What is said of <see cref="EarlierRun"/>: one of its files was only just begun.</summary>
    public const string Torn = "'traces/000009.seg' does not begin as a segment does: 4 bytes are left out.";

    /// <summary>A run that ended before: four requests to <c>GET /front</c> of 10 ms, one of them failed, and one to <c>GET /gone</c>.</summary>
    public const string EarlierRun = "r-20261120-101500-9b1c";

    private const string Model = """
        conway: 1
        system: two
        teams: { makers: {} }
        contexts: { all: { kind: core, team: makers } }
        services:
          front: { command: node front.js, context: all, calls: { back: { timeout: 2s, retries: 1, required: true } } }
          back: { command: node back.js, replicas: 2, context: all, slo: { availability: 99.9%, latency: { p99: 250ms } } }
        gateway: { routes: [ { path: "/front/**", to: front } ] }
        journeys: { look: { traffic: true, rate: 20/s, steps: [ { get: /front/journey } ] } }
        """;

    private const string Script = """
        const http = require('http');
        console.log('I am ' + process.env.OTEL_SERVICE_NAME);
        http.createServer((q, r) => process.env.BACK_URL
          ? http.get(process.env.BACK_URL + (q.url.endsWith('/broken') ? '/broken' : '/x'), a => { a.resume(); a.on('end', () => r.end('front')); }).on('error', e => { r.statusCode = 502; r.end(e.message); })
          : q.url === '/broken' && process.env.CONWAY_INSTANCE === 'back-2' ? (r.statusCode = 500, r.end()) : r.end('back')).listen(process.env.PORT, process.env.HOST);
        """;

    private static readonly FindingRule Known = new("CW2201", Severity.Info, "No service level objective", "Nobody can say whether it is too slow.");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("conway console ");
    private NodeHost? _node;
    private NodeSource? _source;
    private ConsoleServer? _server;

    public HttpClient Program { get; } = new(new SocketsHttpHandler { UseProxy = false });

    internal NodeHost Node => _node!;

    internal ConsoleServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        var cancel = CancellationToken.None;
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "conway.yaml"), Model, cancel);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "front.js"), Script, cancel);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "back.js"), Script, cancel);
        await LeaveEarlierRunAsync();
        var start = await NodeHost.StartAsync(
            new()
            {
                Folder = _folder.FullName,
                GatewayPort = FreePorts.Next(),
                ConsolePort = FreePorts.Next(),

                // Stands in for the keeper, which the tests of the program itself prove: it waits for the end of its input.
                Program = ["/bin/sh", "-c", "cat > /dev/null"],
                Version = "test",
                Judge = (_, findings) => [.. findings, new Finding { Rule = Known, Message = "'front' has no slo.", Mend = "Add one.", ModelPath = "services.front" }],
            },
            cancel);
        _node = start.Host ?? throw new InvalidOperationException($"{start.Refusal?.Message} {string.Join('\n', start.Refusal?.Findings ?? [])}");
        _source = new NodeSource(_node, Look, TimeProvider.System);
        _server = await ConsoleServer.StartAsync(new ConsoleOptions { Port = 0 }, _source, TimeProvider.System, cancel);
        Program.BaseAddress = new Uri(_server.Url);
        Program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _server.Token);
        await Patience.UntilAsync(async () => (await AskAsync("system")).TextAt("state") == "running", "all healthy");
        await SendTelemetryAsync();
    }

    public async Task<JsonElement> AskAsync(string path)
    {
        using var answer = await Program.GetAsync($"/api/v1/{path}", TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        Program.Dispose();
        await (_server?.DisposeAsync() ?? default);
        await (_source?.DisposeAsync() ?? default);
        await (_node?.DisposeAsync() ?? default);
        _folder.Delete(recursive: true);
    }

    /// <summary>As <c>conway check</c> looks, at the model alone and the traffic of this run.</summary>
    private async Task<Inspection> Look(IReadOnlyCollection<string> look, CancellationToken cancel)
    {
        var run = look.Contains("traces") ? await ObservedRuns.ReadAsync(_node!.StateFolder, _node.Plan.Run, TimeProvider.System, cancel) : null;
        var subject = new CheckSubject(_node!.SystemModel) { Observed = run };
        return new(subject, CheckCatalog.Judge(subject, []));
    }

    private async Task LeaveEarlierRunAsync()
    {
        var begin = (DateTimeOffset.UtcNow.AddHours(-1) - DateTimeOffset.UnixEpoch).Ticks * 100L;
        var root = Path.Combine(_folder.FullName, ".conway", "telemetry");
        await using (var engine = await Conway.Telemetry.TelemetryEngine.StartAsync(new() { Root = root, Run = EarlierRun }, TimeProvider.System, CancellationToken.None))
        {
            await SendEarlierAsync(engine, begin);
        }

        await File.WriteAllTextAsync(Path.Combine(root, EarlierRun, "traces", "000009.seg"), "CWTS");
    }

    private static async Task SendEarlierAsync(Conway.Telemetry.TelemetryEngine engine, long begin)
    {
        var spans = Enumerable.Range(0, 5).Select(number =>
        {
            var (from, route, status) = (begin + (number * 1_000_000_000L), number == 4 ? "/gone" : "/front", number == 0 ? 500 : 200);
            return $$$"""{"traceId":"{{{TraceId}}}","spanId":"00f067aa0ba9{{{number:d4}}}","name":"GET {{{route}}}","kind":2,"startTimeUnixNano":"{{{from}}}","endTimeUnixNano":"{{{from + 10_000_000}}}","attributes":[{"key":"http.route","value":{"stringValue":"{{{route}}}"}},{"key":"http.response.status_code","value":{"intValue":"{{{status}}}"}}]}""";
        });
        await PostAsync($"{engine.Endpoint}/v1/traces", $$$"""{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"front"}}]},"scopeSpans":[{"spans":[{{{string.Join(',', spans)}}}]}]}]}""");
    }

    private async Task SendTelemetryAsync()
    {
        var now = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100L;
        var resource = """{"attributes":[{"key":"service.name","value":{"stringValue":"front"}},{"key":"service.instance.id","value":{"stringValue":"front-1"}}]}""";
        var span = $$$"""{"traceId":"{{{TraceId}}}","spanId":"00f067aa0ba902b7","name":"GET /front","kind":2,"startTimeUnixNano":"{{{now - 50_000_000}}}","endTimeUnixNano":"{{{now}}}","attributes":[{"key":"http.route","value":{"stringValue":"/front"}},{"key":"http.response.status_code","value":{"intValue":"500"}}],"status":{"code":2,"message":"broken"}}""";
        var log = $$$"""{"timeUnixNano":"{{{now}}}","severityNumber":17,"body":{"stringValue":"card refused"},"traceId":"{{{TraceId}}}","spanId":"00f067aa0ba902b7","attributes":[{"key":"order.id","value":{"stringValue":"o-17"}}]}""";
        var point = $$$"""{"name":"queue.length","unit":"{item}","gauge":{"dataPoints":[{"timeUnixNano":"{{{now}}}","asDouble":42}]}}""";
        var otlp = Node.System.OtlpUrl;
        await PostAsync($"{otlp}/v1/traces", $$$"""{"resourceSpans":[{"resource":{{{resource}}},"scopeSpans":[{"spans":[{{{span}}}]}]}]}""");
        await PostAsync($"{otlp}/v1/logs", $$$"""{"resourceLogs":[{"resource":{{{resource}}},"scopeLogs":[{"logRecords":[{{{log}}}]}]}]}""");
        await PostAsync($"{otlp}/v1/metrics", $$$"""{"resourceMetrics":[{"resource":{{{resource}}},"scopeMetrics":[{"metrics":[{{{point}}}]}]}]}""");
    }

    private static async Task PostAsync(string url, string json)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(url), content);
        answer.EnsureSuccessStatusCode();
    }
}
