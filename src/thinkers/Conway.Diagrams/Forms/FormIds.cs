using System.Text;

namespace Conway.Diagrams.Forms;

/// <summary>Names that every form takes for ids: a letter, then letters, digits and <c>_</c>; never a reserved word, since all end in a number or hold a <c>_</c>.</summary>
internal sealed class FormIds
{
    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>The same for the same <paramref name="id"/>, another one for every other.</summary>
    public string Of(string id)
    {
        if (_given.TryGetValue(id, out var known))
        {
            return known;
        }

        var text = new StringBuilder();
        foreach (var letter in id)
        {
            text.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '_');
        }

        // `service:` and the like come first, so ids begin with a letter; `gateway` and `system` are words of some forms.
        var name = text.ToString();
        name = name.Contains('_', StringComparison.Ordinal) ? name : $"{name}_0";
        var free = name;
        for (var number = 2; !_taken.Add(free); number++)
        {
            free = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}_{number}");
        }

        return _given[id] = free;
    }
}
