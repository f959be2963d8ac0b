using System.Text;

namespace Conway.Reader.Tests;

/// <summary>Each broken model gives exactly the findings written below it.</summary>
public sealed class BrokenModelTests
{
    public static TheoryData<BrokenModel> Models => [.. Groups().SelectMany(BrokenModel.All)];

    [Theory, MemberData(nameof(Models))]
    public void A_broken_model_gives_exactly_these_findings(BrokenModel model)
    {
        if (!Repository.Accepts)
        {
            Assert.Equal(model.Expected, model.Found());
        }
    }

    [Fact]
    public void There_are_at_least_sixty_broken_models_and_each_has_its_own_name()
    {
        var names = Groups().SelectMany(BrokenModel.All).Select(m => m.Name).ToList();
        Assert.True(names.Count >= 60, $"only {names.Count}");
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Fact]
    public void Every_rule_is_shown_by_a_broken_model()
    {
        // What needs a disk is shown in DiskFileTreeTests, what needs very much text in LimitsTests.
        string[] elsewhere = ["CW1001", "CW1004", "CW1010", "CW1012", "CW1017", "CW1018"];
        var shown = Groups().SelectMany(BrokenModel.All).SelectMany(m => m.Found()).Select(f => f.Split(' ').First(w => w.StartsWith("CW1", StringComparison.Ordinal))).ToHashSet();
        Assert.Empty(ReaderFindings.Rules.Select(r => r.Code).Except(shown).Except(elsewhere));
    }

    [Fact]
    public void Accepting_rewrites_what_is_expected()
    {
        if (!Repository.Accepts)
        {
            return;
        }

        foreach (var group in Groups())
        {
            var text = new StringBuilder();
            foreach (var model in BrokenModel.All(group))
            {
                text.Append("### ").AppendLine(model.Name).Append(model.Given).AppendJoin('\n', model.Found()).AppendLine().AppendLine();
            }

            File.WriteAllText(Repository.Path("tests", "readers", "Conway.Reader.Tests", "testdata", "broken", Path.GetFileName(group)), text.ToString().TrimEnd() + "\n");
        }
    }

    private static IEnumerable<string> Groups() => Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "testdata", "broken"), "*.txt").Order(StringComparer.Ordinal);
}
