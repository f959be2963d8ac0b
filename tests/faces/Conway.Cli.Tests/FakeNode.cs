using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Conway.Cli.Tests;

/// <summary>Speaks docs/reference/node-api.md over real HTTP, and can be in states that a real node is in only for a moment.</summary>
internal sealed class FakeNode : IAsyncDisposable
{
    public const string Token = "t0ken";

    private readonly WebApplication _app;

    private FakeNode(WebApplication app) => _app = app;

    /// <summary>The answer of <c>/services</c>, one JSON object each; may be changed while the test runs.</summary>
    public ConcurrentDictionary<string, string> Services { get; } = new();

    /// <summary>What was asked, in order: <c>POST services/orders/stop?…</c></summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Called for each act; may change <see cref="Services"/>.</summary>
    public Action<string, string> OnAct { get; set; } = static (_, _) => { };

    /// <summary>Log records, one JSON object each, oldest first.</summary>
    public List<string> Logs { get; } = [];

    /// <summary>Records that are sent on the stream, after a while.</summary>
    public List<string> LaterLogs { get; } = [];

    public Action OnStop { get; set; } = static () => { };

    public string Url { get; private set; } = "";

    public static async Task<FakeNode> StartAsync(SystemFolder folder)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var node = new FakeNode(app);
        app.Use(async (http, next) =>
        {
            node.Asked.Enqueue($"{http.Request.Method} {http.Request.Path.Value!["/api/v1/".Length..]}{Uri.UnescapeDataString(http.Request.QueryString.Value ?? "")}");
            if (http.Request.Headers.Authorization != $"Bearer {Token}")
            {
                http.Response.StatusCode = 401;
                return;
            }

            await next(http);
        });
        app.UseRouting();
        node.Map(app.MapGroup("/api/v1"));
        await app.StartAsync();
        node.Url = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        folder.Write(".conway/node.json", NodeJson(node.Url, Token, Environment.ProcessId));
        return node;
    }

    public static string NodeJson(string url, string token, int pid) =>
        $$"""{"url":"{{url}}","token":"{{token}}","pid":{{pid}},"run":"r-1","startedAt":"2026-11-21T22:15:30Z"}""";

    /// <summary>A service with one replica.</summary>
    public FakeNode With(string name, string state, int pid = 4711, string extra = "")
    {
        Services[name] = $$"""
            {"name":"{{name}}","kind":"command","state":"{{state}}","wanted":1,"waitingFor":[],"urls":[],{{extra}}
             "replicas":[{"name":"{{name}}-1","replica":1,"state":"{{state}}","pid":{{(state == "stopped" ? "null" : pid)}},"port":41873,"url":"http://127.0.0.1:41873",
              "startedAt":"2026-11-21T22:15:32.5Z","restarts":2,"exitCode":null,"reason":null,"lastLog":"Listening"}],
             "build":{"state":"none","lines":[]},"rate":null}
            """;
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private void Map(Microsoft.AspNetCore.Routing.RouteGroupBuilder api)
    {
        api.MapGet("system", () => Json("""{"name":"shop","run":"r-1","state":"running","gatewayUrl":"http://127.0.0.1:8080","consoleUrl":"http://127.0.0.1:8090","services":1,"healthy":1,"startedAt":"2026-11-21T22:15:30Z"}"""));
        api.MapGet("services", () => Json($"[{string.Join(',', Services.OrderBy(s => s.Key).Select(s => s.Value))}]"));
        api.MapGet("services/{name}", (string name) => Services.TryGetValue(name, out var service) ? Json(service) : Problem(404, $"there is no service '{name}'."));
        api.MapPost("services/{name}/{act}", (string name, string act) =>
        {
            OnAct(name, act);
            return Results.Content(Services[name], "application/json", null, 202);
        });
        api.MapPost("codes", () => Json($$"""{"code":"once","url":"{{Url}}/?code=once"}"""));
        api.MapPost("stop", () =>
        {
            OnStop();
            return Results.StatusCode(202);
        });
        api.MapGet("logs", (string query, int limit, string? before) =>
        {
            if (query.Contains("nonsense:", StringComparison.Ordinal))
            {
                return Problem(400, "'nonsense' is not a qualifier.");
            }

            var end = before is null ? Logs.Count : int.Parse(before, System.Globalization.CultureInfo.InvariantCulture);
            var start = Math.Max(0, end - limit);
            return Json($$"""{"records":[{{string.Join(',', Logs[start..end])}}],"before":{{(start == 0 ? "null" : $"\"{start}\"")}},"complete":true}""");
        });
        api.MapGet("logs/stream", async (HttpContext http) =>
        {
            http.Response.ContentType = "text/event-stream";
            foreach (var record in Logs.Skip(Math.Max(0, Logs.Count - 1)).Concat(LaterLogs))
            {
                await http.Response.WriteAsync($"event: log\ndata: {record}\n\n");
                await http.Response.Body.FlushAsync();
            }

            await http.Response.WriteAsync("event: dropped\ndata: {\"count\":120}\n\n");
        });
    }

    private static IResult Json(string json) => Results.Content(json, "application/json");

    private static IResult Problem(int status, string detail) =>
        Results.Content($$"""{"title":"No","status":{{status}},"detail":"{{detail}}"}""", "application/problem+json", null, status);
}
