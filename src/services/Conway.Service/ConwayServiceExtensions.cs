using Conway.Service.Calls;
using Conway.Service.Lifetime;
using Conway.Service.Logs;
using Conway.Service.Problems;
using Conway.Service.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Conway.Service;

/// <summary>The two lines that make a service at home in Conway.</summary>
public static partial class ConwayServiceExtensions
{
    /// <summary>Adds telemetry, logs, problem details, deadlines, calls, health and drain, as the environment says.</summary>
    /// <param name="builder">The application being built. Call it before anything that logs.</param>
    /// <param name="configure">Turns things off or adds sources, meters and masks.</param>
    /// <remarks>With none of the platform's variables set the service runs as it would without, and one line says what is off.</remarks>
    /// <example><code>
    /// var builder = WebApplication.CreateSlimBuilder(args);
    /// builder.AddConway();
    /// var app = builder.Build();
    /// app.MapConway();
    /// </code></example>
    public static WebApplicationBuilder AddConway(this WebApplicationBuilder builder, Action<ConwayOptions>? configure = null) =>
        builder.AddConway(ConwayEnvironment.OfThisProcess(), configure);

    /// <summary>The same with a given environment, for tests and for hosts with several services in one process.</summary>
    public static WebApplicationBuilder AddConway(this WebApplicationBuilder builder, ConwayEnvironment environment, Action<ConwayOptions>? configure)
    {
        var options = new ConwayOptions();
        configure?.Invoke(options);
        var masks = options.ToMasks();
        var services = builder.Services;

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(environment);
        services.AddSingleton(options);
        services.AddSingleton(masks);
        services.AddSingleton<IStartupFilter, ConwayPipeline>();
        services.AddSingleton<DrainState>();
        services.AddHostedService<DrainOnStop>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainNotice + options.DrainTime);
        if (builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey) is null && environment.Urls is { } urls)
            builder.WebHost.UseUrls(urls);

        var isExported = options.Telemetry && environment.TelemetryEndpoint is not null;
        if (isExported)
            builder.AddTelemetry(environment, options, masks);
        if (options.ConsoleLogs)
            services.AddConsoleLines(environment, masks, isExported && environment.Text("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT") is null);
        if (options.RequestLogs)
            services.QuietFramework();
        if (options.Problems)
            services.AddProblems();
        if (options.Health)
            services.AddHealthChecks();
        if (options.Calls)
            services.AddSingleton<IConfigureOptions<HttpClientFactoryOptions>, DeclaredCalls>();
        services.AddHttpClient();
        return builder;
    }

    /// <summary>Adds a typed client for a declared call.</summary>
    /// <typeparam name="TClient">A class whose constructor takes an <see cref="HttpClient"/>.</typeparam>
    /// <param name="builder">The application being built.</param>
    /// <param name="callee">The callee's name in the model. Its address and timeout come from <c>CATALOG_URL</c> and <c>CATALOG_TIMEOUT_MS</c> for <c>catalog</c>.</param>
    /// <remarks>Without an address the service starts all the same; the client says on its first use what is missing.</remarks>
    public static IHttpClientBuilder AddConwayClient<TClient>(this WebApplicationBuilder builder, string callee)
        where TClient : class
    {
        // Last of all, so that an address the service itself gives counts too.
        builder.Services.PostConfigure<HttpClientFactoryOptions>(callee, client => client.HttpClientActions.Add(made =>
        {
            if (made.BaseAddress is null)
                throw new InvalidOperationException($"The call to '{callee}' has no address. Declare it under this service's `calls:` in the model, or set {ConwayEnvironment.VariableOf(callee, "URL")}.");
        }));
        return builder.Services.AddHttpClient<TClient>(callee);
    }

    /// <summary>Maps the health endpoints and says once what the environment left off.</summary>
    /// <exception cref="InvalidOperationException"><c>AddConway</c> was not called.</exception>
    public static WebApplication MapConway(this WebApplication app)
    {
        var options = app.Services.GetService<ConwayOptions>()
            ?? throw new InvalidOperationException("app.MapConway() needs builder.AddConway() before the application is built.");
        if (options.Health)
            app.MapHealth();
        var environment = app.Services.GetRequiredService<ConwayEnvironment>();
        if (options.Telemetry && environment.TelemetryEndpoint is null)
            NoTelemetry(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Conway.Service"));
        return app;
    }

    [LoggerMessage(EventId = 3, Level = LogLevel.Information,
        Message = "OTEL_EXPORTER_OTLP_ENDPOINT is not set, so no traces, metrics and logs are sent. `conway run` sets it.")]
    private static partial void NoTelemetry(ILogger log);
}
