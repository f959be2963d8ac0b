using Microsoft.Extensions.Logging;

namespace Conway.Service.Logs;

internal static class LevelNames
{
    /// <summary>The short names that OpenTelemetry gives its severities.</summary>
    public static string Of(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        _ => "fatal",
    };
}
