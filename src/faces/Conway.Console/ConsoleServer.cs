using System.Net;
using Conway.Console.Access;
using Conway.Console.Api;
using Conway.Console.Endpoints;
using Conway.Console.Page;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Conway.Console;

/// <summary>The console and the HTTP API under it, on loopback.</summary>
/// <remarks>Dispose of it to close every stream and free the port. Whoever starts it tells other programs the address and the token.</remarks>
public sealed class ConsoleServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _ending;
    private readonly OneTimeCodes _codes;
    private bool _disposed;

    private ConsoleServer(WebApplication app, CancellationTokenSource ending, OneTimeCodes codes, string token)
    {
        _app = app;
        _ending = ending;
        _codes = codes;
        Token = token;
    }

    /// <summary><c>http://127.0.0.1:8090</c></summary>
    public string Url { get; private set; } = "";

    /// <summary>What programs send as <c>Authorization: Bearer TOKEN</c>. Made anew with each start.</summary>
    public string Token { get; }

    /// <summary>Listens.</summary>
    /// <param name="options">Where, and what beside a running system is shown.</param>
    /// <param name="source">The running system; null when there is none, and something else is shown.</param>
    /// <param name="clock">For codes and streams.</param>
    /// <param name="cancel">Ends the start.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<ConsoleServer> StartAsync(ConsoleOptions options, ConsoleSource? source, TimeProvider clock, CancellationToken cancel)
    {
        var (token, codes, sessions, ending) = (Secret.New(), new OneTimeCodes(clock), new Sessions(), new CancellationTokenSource());
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddProblemDetails();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            json.SerializerOptions.NumberHandling = ApiJson.Default.Options.NumberHandling;
            foreach (var converter in ApiJson.Default.Options.Converters)
            {
                json.SerializerOptions.Converters.Add(converter);
            }
        });
        builder.Services.AddOpenApi("v1", ApiDocument.Describe);

        // Streams end at once when the node ends; nobody waits for a browser.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));

        var app = builder.Build();
        var server = new ConsoleServer(app, ending, codes, token);

        // The port is part of what is let in and is known once it listens; who calls before that cannot have been told it.
        Gate? gate = null;
        app.Use((http, next) => Volatile.Read(ref gate) is { } open ? open.PassAsync(http, next) : Problems.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "Not yet", "The console is starting."));
        app.Use(AnswerFaultsAsync);
        app.UseRouting();
        Map(app, server, options, source, clock, ending.Token);
        try
        {
            await app.StartAsync(cancel);
        }
        catch
        {
            await app.DisposeAsync();
            ending.Dispose();
            throw;
        }

        var port = new Uri(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()).Port;
        server.Url = $"http://127.0.0.1:{port}";
        Volatile.Write(ref gate, new Gate(new Admission(port, token, sessions), codes, sessions, port));
        return server;
    }

    /// <summary>A way in for one more browser, good for a minute.</summary>
    /// <param name="path">The page it opens: <c>/traces/4bf9…</c>.</param>
    public OneTimeCode NewCode(string path)
    {
        var code = _codes.New();
        return new(code, $"{Url}{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}code={code}");
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        await _ending.CancelAsync();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _ending.Dispose();
    }

    private static void Map(WebApplication app, ConsoleServer server, ConsoleOptions options, ConsoleSource? source, TimeProvider clock, CancellationToken ending)
    {
        var api = app.MapGroup("/api/v1").WithTags("node").ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        ConsoleEndpoints.Map(api, () => new(source?.System.Name ?? options.Decomposition?.Name ?? "Conway", source is not null, options.Decomposition is not null), () => server.NewCode("/"));
        DecompositionEndpoints.Map(api, options.Decomposition);
        if (source is not null)
        {
            SystemEndpoints.Map(api, source);
            ServiceEndpoints.Map(api, source);
            TelemetryEndpoints.Map(api, source);
            ModelEndpoints.Map(api, source);
            ArchitectureEndpoints.Map(api, new InspectionDesk(source, clock));
            new StreamEndpoints(source, options, clock, ending).Map(api);
        }

        app.MapOpenApi("/api/v1/openapi.json");
        app.Map("/api/{**rest}", (HttpContext http) => Problems.WriteAsync(http, StatusCodes.Status404NotFound, "No such address", $"{http.Request.Method} {http.Request.Path} is not part of this API; /api/v1/openapi.json lists it.")).ExcludeFromDescription();
        var page = new PageServer(EmbeddedPage.Load());
        app.MapFallback("{*path}", page.ServeAsync);
    }

    /// <summary>A mistake in a request is told as problem details; so is a fault of ours, without its inside.</summary>
    private static async Task AnswerFaultsAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (BadHttpRequestException bad) when (!http.Response.HasStarted)
        {
            await Problems.WriteAsync(http, bad.StatusCode, "The request cannot be read", bad.Message);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for an answer.
        }
        catch (Exception fault) when (!http.Response.HasStarted)
        {
            await Problems.WriteAsync(http, StatusCodes.Status500InternalServerError, "The console could not answer", $"{fault.GetType().Name} while answering {http.Request.Method} {http.Request.Path}. Everything else goes on.");
        }
    }
}
