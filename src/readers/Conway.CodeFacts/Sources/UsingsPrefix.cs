using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace Conway.CodeFacts.Sources;

/// <summary>Puts the directives that are in force in a whole project into the first line of each of its files.</summary>
/// <remarks>All projects are bound in one compilation, where a <c>global using</c> of one would be in force in all. So they become directives of
/// single files, without a line break, and every line keeps its number.</remarks>
internal static class UsingsPrefix
{
    /// <summary>A file's global directives, as directives of a file, and its text without them being global.</summary>
    public static (string Text, IReadOnlyList<string> Directives) TakeGlobals(string text, CSharpParseOptions options)
    {
        if (!text.Contains("global", StringComparison.Ordinal) || !text.Contains("using", StringComparison.Ordinal))
        {
            return (text, []);
        }

        var directives = new List<string>();
        StringBuilder? changed = null;
        foreach (var directive in CSharpSyntaxTree.ParseText(text, options).GetCompilationUnitRoot().Usings.Where(u => u.GlobalKeyword.RawKind != 0))
        {
            var (at, length) = (directive.GlobalKeyword.SpanStart, directive.GlobalKeyword.Span.Length);
            changed ??= new StringBuilder(text);
            for (var i = 0; i < length; i++)
            {
                changed[at + i] = ' ';
            }

            var written = text[directive.UsingKeyword.SpanStart..directive.Span.End];
            if (written.EndsWith(';') && !written.Contains("//", StringComparison.Ordinal) && !written.Contains('#', StringComparison.Ordinal))
            {
                directives.Add(string.Join(' ', written.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
            }
        }

        return (changed?.ToString() ?? text, directives);
    }

    /// <summary>The text with the prefix in it, behind directives that must stand first in a file or alone in a line.</summary>
    public static string Insert(string text, string prefix)
    {
        if (prefix.Length == 0)
        {
            return text;
        }

        var at = 0;
        for (var line = 0; line < text.Length;)
        {
            var end = text.IndexOf('\n', line);
            end = end < 0 ? text.Length : end;
            var content = text.AsSpan(line, end - line).Trim();
            if (content.StartsWith('#'))
            {
                at = Math.Min(end + 1, text.Length);
            }
            else if (content.Length > 0 && !content.StartsWith("//"))
            {
                break;
            }

            line = end + 1;
        }

        return at == 0 ? prefix + text : text[..at] + (text[at - 1] == '\n' ? "" : "\n") + prefix + text[at..];
    }
}
