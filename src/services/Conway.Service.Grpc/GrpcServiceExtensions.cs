using Conway.Grpc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Conway.Service.Grpc;

/// <summary>What a service adds to speak gRPC.</summary>
public static class GrpcServiceExtensions
{
    /// <summary>Lets every cleartext port of this service take HTTP/2, which gRPC needs, beside HTTP/1.1.</summary>
    /// <param name="builder">The application being built.</param>
    /// <remarks>Ports with TLS choose by ALPN, as ever. May be called more than once.</remarks>
    public static WebApplicationBuilder AddConwayGrpc(this WebApplicationBuilder builder)
    {
        if (builder.Services.All(service => service.ServiceType != typeof(GrpcPorts)))
        {
            builder.Services.AddSingleton<GrpcPorts>();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.UseHttp1AndHttp2Cleartext()));
        }

        return builder;
    }

    /// <summary>Adds a typed client, by gRPC, for a declared call.</summary>
    /// <typeparam name="TClient">A class whose constructor takes <see cref="GrpcCalls"/>.</typeparam>
    /// <param name="builder">The application being built, after <c>AddConway</c>.</param>
    /// <param name="callee">The callee's name in the model. Its address and timeout come from <c>CATALOG_URL</c> and <c>CATALOG_TIMEOUT_MS</c> for <c>catalog</c>.</param>
    /// <remarks>Without an address the service starts all the same; the client says on its first use what is missing.</remarks>
    public static IHttpClientBuilder AddConwayGrpcClient<TClient>(this WebApplicationBuilder builder, string callee)
        where TClient : class
    {
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IExceptionHandler, GrpcFailures>());
        builder.Services.AddTransient(services => ActivatorUtilities.CreateInstance<TClient>(services, new GrpcCalls(
            services.GetRequiredService<GrpcHttp<TClient>>().Http, callee, services.GetRequiredService<ConwayEnvironment>().TimeoutOf(callee), services.GetRequiredService<TimeProvider>())));
        return builder.AddConwayClient<GrpcHttp<TClient>>(callee);
    }

    /// <summary>Maps the health service of gRPC (<c>grpc.health.v1.Health/Check</c>), which answers as <c>/health/ready</c> does.</summary>
    /// <exception cref="InvalidOperationException"><c>AddConway</c> was not called.</exception>
    public static WebApplication MapConwayGrpc(this WebApplication app)
    {
        var options = app.Services.GetService<ConwayOptions>() ?? throw new InvalidOperationException("app.MapConwayGrpc() needs builder.AddConway() before the application is built.");
        if (options.Health)
            app.MapGrpcHealth();
        return app;
    }

    private sealed class GrpcPorts;

    /// <summary>The plain client under a typed one.</summary>
    private sealed class GrpcHttp<TClient>(HttpClient http)
    {
        public HttpClient Http { get; } = http;
    }
}
