using System.Text;

namespace Conway.CodeFacts.Stores;

/// <summary>Names of tables as libraries make them, and when two names mean one table.</summary>
internal static class TableNames
{
    /// <summary><c>OrderLine</c> to <c>order_line</c>.</summary>
    public static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && name[i - 1] != '_' && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))))
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    /// <summary>The plural that Entity Framework 6 makes of most nouns: <c>Categories</c>, <c>Boxes</c>, <c>Orders</c>.</summary>
    public static string Plural(string name) =>
        name.Length > 2 && name[^1] == 'y' && !"aeiou".Contains(name[^2], StringComparison.Ordinal) ? name[..^1] + "ies"
        : name.EndsWith('s') || name.EndsWith('x') || name.EndsWith("ch", StringComparison.Ordinal) || name.EndsWith("sh", StringComparison.Ordinal) ? name + "es"
        : name + "s";

    /// <summary>The same for names that a database may take for the same: without case and underscores.</summary>
    public static string Key(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
