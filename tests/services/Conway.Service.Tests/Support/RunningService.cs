using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Conway.Service.Tests.Support;

/// <summary>A service with Conway.Service in it, on a real Kestrel and a free port, with an environment of its own.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private RunningService(WebApplication app, CollectingLogs logs)
    {
        (App, Logs) = (app, logs);
        Address = new Uri(app.Urls.Single());
        Http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(20) };
    }

    public WebApplication App { get; }

    public CollectingLogs Logs { get; }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<RunningService> Start(
        Action<WebApplication>? map = null,
        Action<WebApplicationBuilder>? build = null,
        Action<ConwayOptions>? options = null,
        params (string Name, string Value)[] environment)
    {
        var variables = new Dictionary<string, string>();
        foreach (var (name, value) in environment)
            variables[name] = value; // the last one counts
        var builder = WebApplication.CreateSlimBuilder();
        var logs = new CollectingLogs();
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(logs);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddConway(new ConwayEnvironment(variables.GetValueOrDefault), options);
        build?.Invoke(builder);
        var app = builder.Build();
        app.MapConway();
        map?.Invoke(app);
        await app.StartAsync(Ct);
        return new RunningService(app, logs);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.DisposeAsync();
    }
}
