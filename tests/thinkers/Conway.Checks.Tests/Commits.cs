using System.Globalization;
using Conway.GitFacts;

namespace Conway.Checks.Tests;

/// <summary>A history written shortly.</summary>
/// <remarks>
/// <code>
/// ada: src/orders/A.cs src/billing/B.cs x12      twelve commits of hers that change both files
/// </code></remarks>
internal static class Commits
{
    public static GitHistory History(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Line).ToArray();
        var files = lines.SelectMany(l => l.Files).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var authors = lines.Select(l => l.Author).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return new GitHistory
        {
            Head = new string('a', 40),
            Files = [.. files.Select(f => new GitFile(f, 1, 1, DateTimeOffset.UnixEpoch))],
            Authors = [.. authors.Select(a => new GitAuthor(a, $"{a}@example.com"))],
            Commits = [.. lines.SelectMany(l => Enumerable.Repeat(l, l.Times)).Select((l, i) => new GitCommit(
                i.ToString("x40", CultureInfo.InvariantCulture), Array.IndexOf(authors, l.Author), DateTimeOffset.UnixEpoch.AddHours(i),
                [.. l.Files.Select(f => Array.IndexOf(files, f)).Order()]))],
        };
    }

    private static (string Author, string[] Files, int Times) Line(string line)
    {
        var (author, rest) = line.Split(':', 2) is [var a, var r] ? (a, r) : throw new FormatException($"'{line}' is not 'author: files'.");
        var words = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words[^1].StartsWith('x') && int.TryParse(words[^1].AsSpan(1), CultureInfo.InvariantCulture, out var times) ? (author, words[..^1], times) : (author, words, 1);
    }
}
