using System.Text.RegularExpressions;

namespace Conway.Reader.Tests;

/// <summary>The pages of the reader's findings: each example is read, the wrong one gives the finding that is printed, the right one does not.</summary>
public sealed partial class FindingPageTests
{
    public static TheoryData<string> Codes => [.. ReaderFindings.Rules.Select(r => r.Code)];

    [Theory, MemberData(nameof(Codes))]
    public void A_finding_has_a_page_whose_examples_are_true(string code)
    {
        var path = Repository.Path("docs", "reference", "findings", code + ".md");
        Assert.True(File.Exists(path), $"{path} is missing.");
        var page = File.ReadAllText(path);
        Assert.StartsWith($"# {code} {ReaderFindings.Rules.Single(r => r.Code == code).Title}\n", page);

        var examples = Example().Matches(page);
        if (examples.Count == 0)
        {
            return; // what needs a disk, or more text than a page holds
        }

        Assert.Equal(2, examples.Count);
        var wrong = Findings(examples[0]);
        var said = string.Join('\n', wrong.Where(f => f.Code == code).Select(f => $"{f.Code} {f.Message}"));
        Assert.NotEmpty(said);
        if (Repository.Accepts)
        {
            File.WriteAllText(path, Finding().Replace(page, _ => $"```finding\n{said}\n```", 1));
        }
        else
        {
            Assert.Equal(Finding().Match(page).Groups["text"].Value, said);
        }

        Assert.Equal([], Findings(examples[1]).Select(f => f.ToString()));
    }

    private static IReadOnlyList<Findings.Finding> Findings(Match example)
    {
        var files = new Dictionary<string, string> { ["src/Orders/Orders.csproj"] = "", ["src/Catalog/Catalog.csproj"] = "" };
        var file = "conway.yaml";
        foreach (var line in example.Groups["yaml"].Value.Split('\n').SkipLast(1))
        {
            if (line.StartsWith("# file: ", StringComparison.Ordinal))
            {
                file = line["# file: ".Length..];
                continue;
            }

            files[file] = files.GetValueOrDefault(file, "") + line + "\n";
        }

        var environment = example.Groups["environment"] is { Success: true, Value: var name } ? name : null;
        return ModelReader.Read(new MemoryFileTree(files), "conway.yaml", new ReadOptions { Environment = environment }).Findings;
    }

    [GeneratedRegex("```yaml(?: environment=(?<environment>[a-z]+))?\n(?<yaml>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("```finding\n(?<text>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Finding();
}
