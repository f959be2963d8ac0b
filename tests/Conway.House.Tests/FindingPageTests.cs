using System.Text;
using System.Text.RegularExpressions;

namespace Conway.House;

/// <summary>Finding codes are an interface: people put them into baselines, searches and bookmarks.</summary>
public sealed partial class FindingPageTests
{
    private const string Pages = "docs/reference/findings";

    private static readonly Declared[] Rules =
    [
        .. from file in Tree.Files
           where file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal)
           from match in Rule().Matches(Tree.Read(file))
           select new Declared(match.Groups["code"].Value, match.Groups["severity"].Value, match.Groups["title"].Value, file),
    ];

    [Fact]
    public void Every_finding_code_is_declared_once() =>
        Said.Nothing(from rule in Rules
                     group rule by rule.Code into same
                     where same.Count() > 1
                     select $"{same.Key} is declared {same.Count()} times: {string.Join(", ", same.Select(r => r.File))}. A code means one thing, for ever.");

    [Fact]
    public void Every_finding_code_in_the_source_was_found_by_this_test() =>
        Said.Nothing(from file in Tree.Files
                     where file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal)
                     from match in QuotedCode().Matches(Tree.Read(file))
                     where Rules.All(r => r.Code != match.Groups[1].Value) && !IsOfTeams(match.Groups[1].Value)
                     select $"{file}: names {match.Groups[1].Value}, which no `new(\"CW…\", Severity.…, \"title\"` or `Error(\"CW…\", \"title\"` declares.");

    [Fact]
    public void Every_finding_code_has_a_page_that_explains_it() =>
        Said.Nothing(from rule in Rules
                     let page = $"{Pages}/{rule.Code}.md"
                     let text = Tree.Exists(page) ? Tree.Read(page) : ""
                     where !text.StartsWith($"# {rule.Code} ", StringComparison.Ordinal)
                     select $"{page}: is missing, or does not begin with '# {rule.Code} '. `conway explain {rule.Code}` prints it: what it means, why it matters, how to mend it.");

    [Fact]
    public void Every_page_explains_a_code_that_exists() =>
        Said.Nothing(from page in Tree.Files
                     where page.StartsWith(Pages + "/CW", StringComparison.Ordinal)
                     where Rules.All(r => r.Code != Path.GetFileNameWithoutExtension(page))
                     select $"{page}: no such code is declared. If it was retired, say so in docs/reference/findings/retired.md.");

    [Fact]
    public void The_list_of_findings_is_complete()
    {
        var text = new StringBuilder("""
            # Findings

            What Conway tells a person to look at, by code. A code never changes its meaning and is never used again.
            `conway explain CODE` prints its page. This list is drawn from the source.

            1xxx text and model · 2xxx calls and resilience · 3xxx boundaries and data · 4xxx contracts · 5xxx security ·
            6xxx delivery and artifacts · 7xxx the running system · 9xxx a team's own rules

            | code | weighs | what |
            |---|---|---|

            """);
        foreach (var rule in Rules.OrderBy(r => r.Code, StringComparer.Ordinal))
        {
            text.Append($"| [{rule.Code}](findings/{rule.Code}.md) | {rule.Severity.ToLowerInvariant()} | {rule.Title} |\n");
        }

        Tree.Matches("docs/reference/findings.md", text.ToString());
    }

    // CW9100 to CW9999 are given to rules by the teams who use Conway; examples of them may stand anywhere.
    private static bool IsOfTeams(string code) => string.CompareOrdinal(code, "CW9100") >= 0;

    private sealed record Declared(string Code, string Severity, string Title, string File);

    // new("CW1001", Severity.Error, "Title"   or   Error("CW1001", "Title"
    [GeneratedRegex(@"(?:new|FindingRule|(?<severity>Error|Warning|Info))\(\s*""(?<code>CW\d{4})""\s*,\s*(?:Severity\.(?<severity>\w+)\s*,\s*)?""(?<title>(?:[^""\\]|\\.)*)""")]
    private static partial Regex Rule();

    [GeneratedRegex("\"(CW\\d{4})\"")]
    private static partial Regex QuotedCode();
}
