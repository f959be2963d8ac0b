using System.Text.RegularExpressions;

namespace Conway.Diagrams.Tests;

public sealed partial class DocumentTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "docs", "reference", "diagrams.md"));

    public static TheoryData<string, string> Examples
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (Match example in Example().Matches(Page))
            {
                data.Add(example.Groups["line"].Value, example.Groups["text"].Value);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Examples))]
    public void The_page_shows_what_is_drawn(string line, string text)
    {
        var words = line.Split(' ');
        var form = words is [.., "-o", var named] ? named : "mermaid";
        var model = Some.Model(Yaml().Match(Page).Groups[1].Value);
        Assert.Equal(text, DiagramForms.Find(form)!.Write(model, null, DiagramCatalog.Find(words[0])!.Draw(model, null, words.Length > 1 && words[1] != "-o" ? words[1] : "")));
    }

    [Fact]
    public void There_are_examples_and_each_kind_and_form_has_its_row()
    {
        Assert.Equal(4, Examples.Count);
        Assert.All(DiagramCatalog.All, kind => Assert.Contains($"| `{kind.Name}` | {(kind.Operand is null ? "the system" : $"a {kind.Operand.ToString()!.ToLowerInvariant()}")} |", Page, StringComparison.Ordinal));
        Assert.All(DiagramForms.All, form => Assert.Matches($@"\| `{form.Name}`[^|]*\| `\.{form.Extension}` \|", Page));
    }

    [GeneratedRegex("^`conway diagram (?<line>[^`]+)` prints\n\n```[a-z]+\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("^```yaml\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Yaml();
}
