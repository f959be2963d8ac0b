using System.Text.RegularExpressions;

namespace Conway.Artifacts.Tests;

/// <summary>The examples on the pages of findings.</summary>
public sealed partial class PageTests
{
    private static string Folder => Path.Combine(RepositoryFolder.Root, "docs", "reference", "findings");

    // A project that cannot be told is no part of a model; where projects are read its page is tried.
    public static TheoryData<string> Codes =>
        [.. typeof(ArtifactFindings).GetProperties().Select(rule => ((Findings.FindingRule)rule.GetValue(null)!).Code).Where(code => code != "CW1912").Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Codes))]
    public void The_first_example_of_a_page_has_the_finding_and_the_last_has_it_no_longer(string code)
    {
        var text = File.ReadAllText(Path.Combine(Folder, $"{code}.md"));
        var examples = Example().Matches(text).Select(match => match.Groups[1].Value).ToArray();
        Assert.True(examples.Length >= 2, "A page shows what is wrong, and how it is well.");
        var before = Told(examples[0]);
        Assert.Contains(code, before.Select(finding => finding.Code));
        Assert.DoesNotContain(code, Told(examples[^1]).Select(finding => finding.Code));

        // What a page says that is said, is said.
        Assert.All(Said().Matches(text), match => Assert.Contains(match.Value, before.Select(finding => finding.ToString())));
    }

    private static Findings.Finding[] Told(string yaml)
    {
        var model = Some.Model(yaml, yaml.Contains("environments:", StringComparison.Ordinal) ? "production" : null);
        return [.. new[] { "containers", "kubernetes", "observability" }.SelectMany(target => ArtifactCatalog.Find(target)!.Generate(model, null, new BuildFacts()).Findings),
            .. EnvironmentPlan.Of(model, model, null, new BuildFacts()).Findings];
    }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("(?<=^```\n)CW.*$", RegexOptions.Multiline)]
    private static partial Regex Said();
}
