using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Conway.Service.Logs;

/// <summary>One line of text for a person at a terminal.</summary>
/// <example><c>22:15:30.412 info  Orders: POST /orders 202 in 12 ms</c></example>
internal sealed class HumanLines(Masks masks, TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "conway-text";

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopes, TextWriter writer)
    {
        writer.Write(time.GetLocalNow().ToString("HH:mm:ss.fff ", CultureInfo.InvariantCulture));
        writer.Write(LevelNames.Of(entry.LogLevel).PadRight(6));
        writer.Write(entry.Category);
        writer.Write(": ");
        writer.WriteLine(masks.Text(entry.Formatter(entry.State, entry.Exception)));
        if (entry.Exception is { } exception)
            writer.WriteLine(masks.Text(exception.ToString()));
    }
}
