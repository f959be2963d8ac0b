namespace Conway.Cli;

/// <summary>A path and names, told apart by form: what holds a slash, is <c>.</c> or <c>..</c>, or ends in <c>.yaml</c> is the path.</summary>
/// <param name="Path">Null when none is among them.</param>
/// <param name="Names">The rest, in order.</param>
internal sealed record Operands(string? Path, IReadOnlyList<string> Names)
{
    /// <summary>Null when two paths are given; <paramref name="problem"/> says which.</summary>
    public static Operands? Of(IReadOnlyList<string> words, out string problem)
    {
        var paths = words.Where(IsPath).ToArray();
        problem = paths.Length > 1 ? $"two paths are given, '{paths[0]}' and '{paths[1]}'; a verb looks at one system." : "";
        return paths.Length > 1 ? null : new Operands(paths.FirstOrDefault(), [.. words.Where(w => !IsPath(w)).Distinct(StringComparer.Ordinal)]);
    }

    public static bool IsPath(string word) =>
        word is "." or ".." or "~" || word.Contains('/', StringComparison.Ordinal) || word.Contains('\\', StringComparison.Ordinal)
        || word.EndsWith(".yaml", StringComparison.Ordinal) || word.EndsWith(".yml", StringComparison.Ordinal);
}
