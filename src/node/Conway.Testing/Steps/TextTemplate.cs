using System.Text;

namespace Conway.Testing.Steps;

/// <summary>A text with <c>${names}</c> in it. Immutable.</summary>
/// <remarks>A <c>${</c> that is not closed, or closed with nothing in it, stays as it is written.</remarks>
internal sealed class TextTemplate
{
    private readonly Part[] _parts;

    public TextTemplate(string text)
    {
        Text = text;
        _parts = [.. Read(text)];
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    public IEnumerable<string> References => _parts.Where(p => p.IsReference).Select(p => p.Text);

    /// <summary>The name, when the text is one reference and nothing else; its value then keeps its type.</summary>
    public string? Whole => _parts is [{ IsReference: true } only] ? only.Text : null;

    /// <summary>Whether what is written begins with a reference.</summary>
    public bool BeginsWithReference => _parts is [{ IsReference: true }, ..];

    /// <summary>The text with values in the place of names.</summary>
    /// <param name="escape">Applied to each value; the first argument is whether it begins the text.</param>
    /// <param name="missing">Why a value is not there; null when all are.</param>
    public string Fill(Captures captures, Func<bool, string, string>? escape, out string? missing)
    {
        missing = null;
        if (_parts is [{ IsReference: false } only])
        {
            return only.Text;
        }

        var filled = new StringBuilder();
        foreach (var part in _parts)
        {
            if (!part.IsReference)
            {
                filled.Append(part.Text);
            }
            else if (captures.TryGet(part.Text, out var value))
            {
                var text = Captures.Text(value);
                filled.Append(escape is null ? text : escape(ReferenceEquals(part, _parts[0]), text));
            }
            else
            {
                missing ??= captures.Missing(part.Text);
            }
        }

        return filled.ToString();
    }

    private static IEnumerable<Part> Read(string text)
    {
        var done = 0;
        for (var from = 0; text.IndexOf("${", from, StringComparison.Ordinal) is >= 0 and var open;)
        {
            var close = text.IndexOf('}', open);
            if (close < 0)
            {
                break;
            }

            from = close + 1;
            if (close == open + 2)
            {
                continue;
            }

            if (open > done)
            {
                yield return new Part(text[done..open], IsReference: false);
            }

            yield return new Part(text[(open + 2)..close], IsReference: true);
            done = from;
        }

        if (done < text.Length || text.Length == 0)
        {
            yield return new Part(text[done..], IsReference: false);
        }
    }

    private sealed record Part(string Text, bool IsReference);
}
