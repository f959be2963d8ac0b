using System.Reflection;
using System.Text.RegularExpressions;

namespace Conway.Scaffolding.Making;

/// <summary>The texts of <c>Templates/</c>, with names in the place of <c>{{name}}</c>.</summary>
internal static partial class Template
{
    /// <exception cref="InvalidOperationException">There is no such text, or a name in it is not given: our mistake.</exception>
    public static string Text(string name, IReadOnlyDictionary<string, string> words)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new InvalidOperationException($"There is no template '{name}'.");
        using var reader = new StreamReader(stream);
        return Word().Replace(reader.ReadToEnd(), match => words.TryGetValue(match.Groups[1].Value, out var word) ? word : throw new InvalidOperationException($"'{name}' needs '{match.Groups[1].Value}'."));
    }

    [GeneratedRegex(@"\{\{([A-Za-z]+)\}\}")]
    private static partial Regex Word();
}
