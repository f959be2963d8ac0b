using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Conway.CodeFacts;
using Conway.Migration.Plans;

namespace Conway.Migration.Pieces;

/// <summary>Everything that is made from a plan to begin with, each file with a fingerprint of itself, so that one that people have edited is known.</summary>
public static partial class PlanPieces
{
    private const string Mark = "conway migrate plan wrote this, fingerprint ";
    private const string Unset = "0000000000000000";

    /// <summary>All files: SQL, routes, C#. The same plan and code give the same bytes.</summary>
    public static IReadOnlyList<Piece> Of(MigrationPlan plan, Codebase code) =>
    [
        .. SqlPieces.Of(plan).Select(p => p with { Text = Stamped($"-- {Mark}{Unset}; edited, it is left alone by the next run\n{p.Text}") }),
        .. RoutePieces.Of(plan, $"{Mark}{Unset}; edited, it is left alone by the next run").Select(p => p with { Text = Stamped(p.Text) }),
        .. CodePieces.Of(plan, code).Select(p => p with { Text = Stamped($"// {Mark}{Unset}; edited, it is left alone by the next run\n{p.Text}") }),
    ];

    /// <summary>Whether a file is as it was made: its fingerprint is that of its text.</summary>
    public static bool IsUntouched(string text) => Fingerprint().Match(text) is { Success: true } found && Stamped(text.Remove(found.Groups[1].Index, Unset.Length).Insert(found.Groups[1].Index, Unset)) == text;

    private static string Stamped(string text)
    {
        var at = text.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length;
        return text.Remove(at, Unset.Length).Insert(at, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))[..8]));
    }

    [GeneratedRegex(Mark + "([0-9a-f]{16})")]
    private static partial Regex Fingerprint();
}
