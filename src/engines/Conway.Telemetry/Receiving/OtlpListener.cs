using System.Net;
using Conway.Grpc;
using Conway.Telemetry.Otlp;
using Conway.Telemetry.Scraping;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Conway.Telemetry.Receiving;

/// <summary>The loopback port that takes OTLP in all its forms, and gives metrics to whoever scrapes.</summary>
internal sealed class OtlpListener : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtlpListener(WebApplication app, int port)
    {
        _app = app;
        Port = port;
    }

    public int Port { get; }

    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<OtlpListener> StartAsync(OtlpIntake intake, MetricsPage metrics, TelemetryOptions options, TimeProvider clock, CancellationToken cancelled)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            // Exporters send large bodies: wider windows save round trips on HTTP/2.
            kestrel.Limits.Http2.InitialStreamWindowSize = 1024 * 1024;
            kestrel.Limits.Http2.InitialConnectionWindowSize = 4 * 1024 * 1024;
            kestrel.Listen(IPAddress.Loopback, options.Port, listen => listen.UseHttp1AndHttp2Cleartext());
        });
        var app = builder.Build();
        var http = new OtlpHttp(intake, options);
        var grpc = OtlpGrpc.Methods(intake, options, clock);
        app.Run(context => GrpcMethods.IsGrpc(context.Request) ? grpc.ServeAsync(context)
            : context.Request.Path == MetricsPage.Path ? metrics.ServeAsync(context)
            : http.ServeAsync(context));
        try
        {
            await app.StartAsync(cancelled);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        var address = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        return new OtlpListener(app, new Uri(address).Port);
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }
}
