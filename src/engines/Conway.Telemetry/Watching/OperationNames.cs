using System.Collections.Concurrent;
using System.Text;

namespace Conway.Telemetry.Watching;

/// <summary>Operation names as shared strings, so that a span costs no string. Bounded: past the limit every new name is <c>(other)</c>. Safe for concurrent use.</summary>
internal sealed class OperationNames(int namesMax)
{
    public const string Other = "(other)";
    public const int NameBytesMax = 200;

    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);

    public string Of(ReadOnlySpan<byte> name)
    {
        Span<char> text = stackalloc char[NameBytesMax];
        var length = Encoding.UTF8.GetChars(Blocks.RecordLimits.Cut(name, NameBytesMax), text);
        if (_names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..length], out var known))
        {
            return known;
        }

        return _names.Count >= namesMax ? Other : _names.GetOrAdd(text[..length].ToString(), static key => key);
    }
}
