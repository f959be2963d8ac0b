using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Conway.CodeFacts.Projects;

/// <summary>The symbols that <c>#if</c> asks for, by target framework.</summary>
/// <remarks>Of several target frameworks the newest .NET is taken: one reading of a file is enough, and that one has a future.</remarks>
internal static partial class FrameworkSymbols
{
    public static ImmutableArray<string> Of(BuildFile file, IEnumerable<string> frameworks)
    {
        var symbols = new SortedSet<string>(StringComparer.Ordinal) { "TRACE" };
        foreach (var symbol in (file.Property("DefineConstants") ?? "").Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries).Where(IsSymbol))
        {
            symbols.Add(symbol);
        }

        symbols.UnionWith(Best(frameworks) is { } best ? OfFramework(best) : file.Sdk is null ? ["NETFRAMEWORK"] : ["NET", "NETCOREAPP"]);
        return [.. symbols];
    }

    private static string? Best(IEnumerable<string> frameworks) =>
        frameworks.Select(f => f.ToLowerInvariant()).OrderByDescending(Rank).ThenByDescending(Version).ThenBy(f => f, StringComparer.Ordinal).FirstOrDefault();

    private static int Rank(string framework) =>
        Modern().IsMatch(framework) ? 3 : framework.StartsWith("netcoreapp", StringComparison.Ordinal) ? 2 : framework.StartsWith("netstandard", StringComparison.Ordinal) ? 1 : 0;

    private static double Version(string framework) =>
        Number().Match(framework) is { Success: true } match && double.TryParse(match.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var version) ? version : 0;

    private static IEnumerable<string> OfFramework(string framework)
    {
        var version = (int)Version(framework);
        switch (Rank(framework))
        {
            case 3:
                yield return "NET";
                yield return "NETCOREAPP";
                yield return $"NET{version}_0";
                for (var older = 5; older <= Math.Min(version, 99); older++)
                {
                    yield return $"NET{older}_0_OR_GREATER";
                }

                break;
            case 2:
                yield return "NETCOREAPP";
                yield return "NETCOREAPP" + Number().Match(framework).Value.Replace('.', '_');
                break;
            case 1:
                yield return "NETSTANDARD";
                yield return "NETSTANDARD" + Number().Match(framework).Value.Replace('.', '_');
                break;
            default:
                yield return "NETFRAMEWORK";
                if (framework.StartsWith("net", StringComparison.Ordinal))
                {
                    yield return framework.ToUpperInvariant();
                }

                break;
        }
    }

    private static bool IsSymbol(string text) => text.All(c => char.IsLetterOrDigit(c) || c == '_') && !char.IsDigit(text[0]);

    // net8.0, net10.0-windows; not net48
    [GeneratedRegex(@"^net\d+\.\d")]
    private static partial Regex Modern();

    [GeneratedRegex(@"\d+(?:\.\d+)?")]
    private static partial Regex Number();
}
