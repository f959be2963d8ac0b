using System.Text;
using System.Text.RegularExpressions;

namespace Conway.Builds;

/// <summary>A glob over paths with <c>/</c>: <c>*</c> within a segment, <c>**</c> over segments, <c>?</c> one character.</summary>
internal sealed class PathGlob
{
    private readonly Regex _regex;

    public PathGlob(string glob)
    {
        var pattern = new StringBuilder("^");
        for (var i = 0; i < glob.Length; i++)
        {
            if (glob.AsSpan(i).StartsWith("**/"))
            {
                pattern.Append("(?:.*/)?");
                i += 2;
            }
            else if (glob.AsSpan(i).StartsWith("**"))
            {
                pattern.Append(".*");
                i++;
            }
            else
            {
                pattern.Append(glob[i] switch { '*' => "[^/]*", '?' => "[^/]", var c => Regex.Escape(c.ToString()) });
            }
        }

        _regex = new Regex(pattern.Append('$').ToString(), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }

    public bool Matches(string path) => _regex.IsMatch(path);
}
