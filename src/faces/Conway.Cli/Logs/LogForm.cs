using System.Globalization;

namespace Conway.Cli;

/// <summary>How a log record is printed.</summary>
internal sealed class LogForm(bool json, bool timestamps, Terminal terminal)
{
    private readonly Ink _ink = terminal.Ink;
    private int _nameWidth = 8;

    /// <summary>22:16:01.120  orders-1  error  card refused  trace 4bf92f35</summary>
    public void Write(LogView record)
    {
        if (json)
        {
            WriteJson(record);
            return;
        }

        var time = timestamps
            ? record.Time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)
            : record.Time.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        var name = record.Instance ?? record.Service;
        _nameWidth = Math.Max(_nameWidth, Math.Min(24, name.Length));
        var trace = record.TraceId is { Length: >= 8 } id ? _ink.Dim($"  trace {id[..8]}") : "";
        terminal.Output.WriteLine($"{_ink.Dim(time)}  {name.PadRight(_nameWidth)}  {Paint(record.Level)(record.Level.PadRight(5))}  {SafeText.OneLine(record.Message)}{trace}");
    }

    private Func<string, string> Paint(string level) => level switch
    {
        "error" or "fatal" => _ink.Bad,
        "warn" => _ink.Odd,
        "trace" or "debug" => _ink.Dim,
        _ => static text => text,
    };

    private void WriteJson(LogView record) => JsonOutput.Write(terminal.Output, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("id", record.Id);
        writer.WriteString("time", record.Time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        writer.WriteString("service", record.Service);
        writer.WriteString("instance", record.Instance);
        writer.WriteString("level", record.Level);
        writer.WriteString("message", record.Message);
        writer.WriteString("traceId", record.TraceId);
        writer.WriteString("spanId", record.SpanId);
        writer.WriteString("source", record.Source);
        writer.WriteStartObject("attributes");
        foreach (var (key, value) in record.Attributes ?? new Dictionary<string, System.Text.Json.JsonElement>())
        {
            writer.WritePropertyName(key);
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }, oneLine: true);
}
