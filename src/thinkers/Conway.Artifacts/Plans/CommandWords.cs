using System.Text;

namespace Conway.Artifacts.Plans;

/// <summary>A command as it stands in a model, for a container that may have no shell.</summary>
internal static class CommandWords
{
    private const string ForShell = "|&;<>()$`*?[]#~%!{}\n\\";

    /// <summary>The words of a command; when only a shell understands it, those that start one.</summary>
    public static IReadOnlyList<string> Of(string command)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (quote, any) = ('\0', false);
        foreach (var c in command.Trim())
        {
            if (quote == '\'' ? c == '\'' : quote == '"' && c == '"')
            {
                quote = '\0';
            }
            else if (quote == '\'' || (quote == '"' && c is not ('$' or '`' or '\\')))
            {
                word.Append(c);
            }
            else if (quote == '"' || ForShell.Contains(c, StringComparison.Ordinal))
            {
                return Shell(command);
            }
            else if (c is '\'' or '"')
            {
                (quote, any) = (c, true);
            }
            else if (!char.IsWhiteSpace(c))
            {
                word.Append(c);
                any = true;
            }
            else if (any)
            {
                words.Add(word.ToString());
                word.Clear();
                any = false;
            }
        }

        if (quote != '\0')
        {
            return Shell(command);
        }

        if (any)
        {
            words.Add(word.ToString());
        }

        // NAME=value before a command is an assignment to a shell.
        return words.Count == 0 || words[0].Contains('=', StringComparison.Ordinal) ? Shell(command) : words;
    }

    private static string[] Shell(string command) => ["/bin/sh", "-c", "exec " + command.Trim()];
}
