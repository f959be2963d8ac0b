using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Conway.Service.Logs;

internal static class LoggingSetup
{
    public static void AddConsoleLines(this IServiceCollection services, ConwayEnvironment environment)
    {
        services.AddSingleton<ConsoleFormatter, JsonLines>();
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
