using System.Text.Json;
using System.Text.RegularExpressions;
using Conway.Decomposition.Proposals;

namespace Conway.Cli.Tests.Decomposing;

/// <summary>docs/reference/decompose.md says what is so.</summary>
public sealed partial class DecomposeDocumentTests
{
    // Whose own keys are told elsewhere, or are kinds of evidence.
    private static readonly string[] Leaves = ["findings[]", "units[].pulls[].parts"];

    public static TheoryData<string, string, int> Examples
    {
        get
        {
            var data = new TheoryData<string, string, int>();
            foreach (var example in Console().Matches(Repository.Page("decompose.md")).SelectMany(m => m.Groups[1].Value.Split("$ conway", StringSplitOptions.RemoveEmptyEntries)))
            {
                var lines = example.TrimEnd('\n').Split('\n');
                var code = lines[^1].StartsWith("$? ", StringComparison.Ordinal) ? int.Parse(lines[^1][3..], System.Globalization.CultureInfo.InvariantCulture) : 0;
                data.Add(lines[0].Trim(), string.Join('\n', lines[1..(code == 0 ? lines.Length : ^1)]), code);
            }

            return data;
        }
    }

    [Fact]
    public void There_are_examples() => Assert.InRange(Examples.Count, 4, 50);

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task The_page_shows_what_is_printed(string line, string shown, int code)
    {
        using var folder = new SystemFolder();
        SmallShop.WriteTo(folder);
        folder.Write("contradictory.txt", "pin Order -> sales\npin Order -> shipping\n");
        folder.Write("traces.json", SomeTraces.Text);
        var ended = await Shell.ConwayAsync(folder.Path, line.Split(' '));
        Assert.Equal(code, ended.Code);
        var printed = (ended.Output + ended.Error).TrimEnd('\n').Replace(Path.GetFileName(folder.Path), "shop", StringComparison.Ordinal);
        var pattern = "^" + string.Join(".*", shown.Split('…').Select(Regex.Escape)) + "$";
        if (!Regex.IsMatch(printed, pattern, RegexOptions.Singleline))
        {
            Assert.Equal(shown, printed);
        }
    }

    [Fact]
    public void Every_key_that_is_written_is_explained_and_none_else()
    {
        var explained = Key().Matches(Repository.Page("decompose.md").Split("## `proposal.json`")[1]).Select(m => m.Groups[1].Value).ToArray();
        var written = new SortedSet<string>(StringComparer.Ordinal);

        var files = SmallShop.Files.ToDictionary();
        files["src/Between.cs"] = "namespace Shop; public class Parcel { public Order? Order { get; set; } public Review? Review { get; set; } }";

        // The one has what the other lacks: a type in another, something shared, a constraint, a warning.
        foreach (var text in (string[])["pin Nobody -> x\ntechnical OrderState\npin ReviewMapping -> orders-desk\n", ""])
        {
            var options = new ProposalOptions { Constraints = Conway.Decomposition.Constraining.ConstraintFile.Parse(text, "constraints.txt"), Traffic = text.Length > 0 ? SomeTraces.Read(SomeTraces.Text) : null };
            using var document = JsonDocument.Parse(Json(SmallShop.Propose(options, files)));
            Collect(document.RootElement, "", written);
        }

        Assert.Equal(explained.Order(StringComparer.Ordinal), written);
    }

    internal static string Json(Proposal proposal)
    {
        using var output = new StringWriter();
        CutJson.Write(proposal, proposal.Find(proposal.Recommended), CutView.FindingsOf(proposal, []), output);
        return output.ToString();
    }

    private static void Collect(JsonElement element, string path, SortedSet<string> keys)
    {
        if (Leaves.Contains(path))
        {
            return;
        }

        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Collect(item, path + "[]", keys);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                var key = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
                keys.Add(key);
                Collect(property.Value, key, keys);
            }
        }
    }

    [GeneratedRegex("^```console\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Console();

    [GeneratedRegex(@"^\| `([A-Za-z0-9.\[\]]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Key();
}
