using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Conway.Service.Grpc.Tests;

/// <summary>A real service on a port of its own, with the environment that it is given.</summary>
internal sealed class SpeakingService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private SpeakingService(WebApplication app)
    {
        _app = app;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Address };
    }

    public Uri Address => new(_app.Urls.Single());

    public HttpClient Http => _http;

    public static async Task<SpeakingService> StartAsync(Action<WebApplication> map, Action<WebApplicationBuilder>? add = null, params (string Name, string Value)[] variables)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddConway(new ConwayEnvironment(name => variables.FirstOrDefault(variable => variable.Name == name).Value), options => options.DrainNotice = TimeSpan.Zero);
        builder.AddConwayGrpc();
        builder.Logging.ClearProviders();
        add?.Invoke(builder);
        var app = builder.Build();
        app.MapConway();
        app.MapConwayGrpc();
        map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new SpeakingService(app);
    }

    public GrpcCalls Calls(TimeSpan? timeout = null) => new(_http, "echo", timeout);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }
}
