using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Conway.Service.Logs;

internal static class LoggingSetup
{
    /// <param name="isExported">Whether the same records go to the platform over OTLP.</param>
    public static void AddConsoleLines(this IServiceCollection services, ConwayEnvironment environment, Masks masks, bool isExported)
    {
        services.AddSingleton<ConsoleFormatter>(provider => new JsonLines(masks, provider.GetRequiredService<TimeProvider>(), isExported));
        services.AddSingleton<ConsoleFormatter, HumanLines>();
        var ours = environment.Run is null ? HumanLines.FormatterName : JsonLines.FormatterName;
        services.Configure<ConsoleLoggerOptions>(console =>
        {
            // `simple` is what the builders choose when nobody did.
            if (console.FormatterName is null or ConsoleFormatterNames.Simple)
                console.FormatterName = ours;
        });
    }

    /// <summary>One line a request is ours to write, so the framework's several are quiet unless asked for.</summary>
    public static void QuietFramework(this IServiceCollection services) =>
        services.Configure<LoggerFilterOptions>(filters =>
        {
            // In front, so that any rule of the service's own configuration wins.
            filters.Rules.Insert(0, new LoggerFilterRule(null, "Microsoft.AspNetCore", LogLevel.Warning, null));
            filters.Rules.Insert(0, new LoggerFilterRule(null, "System.Net.Http.HttpClient", LogLevel.Warning, null));
        });
}
