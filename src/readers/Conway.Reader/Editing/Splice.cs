using System.Text;

namespace Conway.Reader.Editing;

/// <summary>Puts a text in the place of what stands between two indexes.</summary>
internal readonly record struct Splice(int Start, int End, string Text)
{
    public static string Apply(string source, IEnumerable<Splice> splices)
    {
        var text = new StringBuilder();
        var at = 0;
        foreach (var splice in splices.OrderBy(s => s.Start))
        {
            text.Append(source, at, splice.Start - at).Append(splice.Text);
            at = splice.End;
        }

        return text.Append(source, at, source.Length - at).ToString();
    }
}
