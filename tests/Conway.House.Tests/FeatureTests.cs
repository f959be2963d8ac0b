using System.Text.RegularExpressions;

namespace Conway.House;

/// <summary>Holds <c>docs/features.md</c> to what is there: nothing is claimed without code and a test that can be opened.</summary>
public sealed partial class FeatureTests
{
    private const string Page = "docs/features.md";
    private static readonly string[] States = ["works", "part", "not yet"];

    [Fact]
    public void Every_claim_links_to_code_and_to_a_test_that_exist() => Said.Nothing(Wrong(Tree.Read(Page), Tree.Exists, Tree.Read));

    [Theory]
    [InlineData("| a.b | do | works | | |", "'a.b' is said to work without a link to its code.")]
    [InlineData("| a.b | do | part | [c](../src/C.cs) | |", "'a.b' is said to work in part without a link to a test.")]
    [InlineData("| a.b | do | soon | | |", "'a.b' has the state 'soon'. It is one of: works, part, not yet.")]
    [InlineData("| a.b | do | works | [c](../src/C.cs) | [t](../tests/T.cs#Gone) |", "'a.b' names the test 'Gone', which is not in tests/T.cs.")]
    [InlineData("| a.b | do | works | [c](../src/C.cs) | [t](../tests/T.cs) |", "'a.b' links to tests/T.cs without naming a test: write tests/T.cs#Name_of_the_test.")]
    [InlineData("| a.b | do | not yet | | |\n| a.b | do | not yet | | |", "'a.b' stands in two rows.")]
    [InlineData("| a.b | do | works | [c](../src/C.cs) | [t](../tests/T.cs#It_does) |", null)]
    public void A_claim_that_cannot_be_followed_is_told(string rows, string? said) =>
        Assert.Equal(said is null ? [] : [$"{Page}: {said}"], Wrong(rows, f => f is "src/C.cs" or "tests/T.cs", _ => "public void It_does()"));

    private static IEnumerable<string> Wrong(string text, Func<string, bool> exists, Func<string, string> read)
    {
        var rows = Row().Matches(text).Select(m => m.Groups.Values.Skip(1).Select(g => g.Value.Trim()).ToArray()).ToArray();
        if (rows.Length == 0)
        {
            yield return $"{Page}: has no rows.";
        }

        foreach (var id in rows.GroupBy(r => r[0]).Where(g => g.Count() > 1).Select(g => g.Key))
        {
            yield return $"{Page}: '{id}' stands in two rows.";
        }

        foreach (var row in rows)
        {
            foreach (var said in WrongRow(row, exists, read))
            {
                yield return $"{Page}: {said}";
            }
        }
    }

    private static IEnumerable<string> WrongRow(string[] row, Func<string, bool> exists, Func<string, string> read)
    {
        var (id, state, code, tests) = (row[0], row[2], Links(row[3]), Links(row[4]));
        if (!States.Contains(state))
        {
            yield return $"'{id}' has the state '{state}'. It is one of: {string.Join(", ", States)}.";
            yield break;
        }

        var claim = state == "works" ? "work" : "work in part";
        if (state != "not yet" && code.Length == 0)
        {
            yield return $"'{id}' is said to {claim} without a link to its code.";
        }

        if (state != "not yet" && tests.Length == 0 && code.Length > 0)
        {
            yield return $"'{id}' is said to {claim} without a link to a test.";
        }

        foreach (var test in tests)
        {
            var (file, name) = test.Split('#', 2) is [var f, var n] ? (f, n) : (test, "");
            if (name.Length == 0)
            {
                yield return $"'{id}' links to {file} without naming a test: write {file}#Name_of_the_test.";
            }
            else if (exists(file) && !Regex.IsMatch(read(file), $@"(?<!\w){Regex.Escape(name)}(?!\w)"))
            {
                yield return $"'{id}' names the test '{name}', which is not in {file}.";
            }
        }

        // That the files themselves exist is LinkTests' business, for all pages alike.
    }

    private static string[] Links(string cell) => [.. Link().Matches(cell).Select(m => LinkTests.Resolve(Page, m.Groups[1].Value))];

    [GeneratedRegex(@"^\| *([a-z0-9]+\.[a-z0-9]+) *\|([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)\| *$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
