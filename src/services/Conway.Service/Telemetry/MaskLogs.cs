using Conway.Service.Logs;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Conway.Service.Telemetry;

/// <summary>Takes secrets out of a log record before it is exported. Must stand before the exporter.</summary>
internal sealed class MaskLogs(Masks masks) : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        if (data.FormattedMessage is { } message)
            data.FormattedMessage = masks.Text(message);
        if (data.Exception is { } exception && masks.Text(exception.ToString()) is var shown && shown != exception.ToString())
            data.Exception = new MaskedException(exception.GetType().Name, shown);
        if (data.Attributes is { } fields)
            data.Attributes = [.. fields.Select(f => KeyValuePair.Create(f.Key, masks.Field(f.Key, f.Value)))];
    }

    /// <summary>Stands for an exception whose own text held something secret.</summary>
    private sealed class MaskedException(string type, string text) : Exception(type)
    {
        public override string ToString() => text;
    }
}
