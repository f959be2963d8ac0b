using System.Text;
using System.Text.Json;

namespace Conway.Supervision;

/// <summary>What a person wants to read of a line that a service printed: of a structured one its message and what was thrown, of any other the whole.</summary>
/// <remarks>Source of the keys: .NET's JSON console (<c>Message</c>, <c>Exception</c>), pino and winston (<c>msg</c>, <c>stack</c>), ECS (<c>message</c>, <c>error.stack_trace</c>).</remarks>
public static class PrintedText
{
    /// <summary>Whether a structured line says under this key what happened.</summary>
    public static bool IsMessage(string key) => key is "message" or "Message" or "msg";

    /// <summary>Whether a structured line says under this key what was thrown.</summary>
    public static bool IsException(string key) => key is "exception" or "Exception" or "stack" or "stack_trace" or "error.stack_trace";

    /// <param name="line">UTF-8, perhaps cut off at any byte: then as much of the message as there is.</param>
    public static string Of(ReadOnlySpan<byte> line) => (line.Length > 2 && line[0] == (byte)'{' ? Said(line) : null) ?? Encoding.UTF8.GetString(line);

    private static string? Said(ReadOnlySpan<byte> line)
    {
        var (message, thrown) = ("", "");
        var reader = new Utf8JsonReader(line, isFinalBlock: false, default);
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.GetString()!;
                var isText = IsMessage(key) || IsException(key);
                if (!reader.Read())
                {
                    Keep(key, isText ? Unfinished(line[(int)reader.BytesConsumed..]) : "");
                    break;
                }

                Keep(key, isText && reader.TokenType == JsonTokenType.String ? reader.GetString()! : "");
                if (!reader.TrySkip())
                {
                    break;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }

        var first = thrown.AsSpan().Trim();
        first = first.IndexOfAny('\r', '\n') is >= 0 and var end ? first[..end] : first;
        return message.Length == 0 ? null : first.Length == 0 || message.AsSpan().Contains(first, StringComparison.Ordinal) ? message : $"{message}: {first}";

        void Keep(string key, string text)
        {
            message = IsMessage(key) ? text : message;
            thrown = IsException(key) ? text : thrown;
        }
    }

    /// <summary>A text of which the end is missing: <c>: "Order acc</c>.</summary>
    private static string Unfinished(ReadOnlySpan<byte> rest)
    {
        var text = rest.IndexOf((byte)'"') is >= 0 and var quote ? rest[(quote + 1)..] : default;

        // What was cut off may have been half a character or half an escape of up to twelve bytes (a surrogate pair); one of the first cuts is right.
        for (var cut = 0; cut <= Math.Min(12, text.Length); cut++)
        {
            try
            {
                return JsonSerializer.Deserialize<string>((byte[])[(byte)'"', .. text[..^cut], (byte)'"'])!;
            }
            catch (JsonException)
            {
                // One byte less, then.
            }
        }

        return "";
    }
}
