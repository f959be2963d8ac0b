using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Conway.Cli.Tests;

public sealed partial class StormTests
{
    private const string Table = "kind;words;on;after\r\nActor;Customer;;\r\ncommand;Place order;Order;\r\nevent;\"Order; placed\";Order;\r\npolicy;bill it;;Order; placed\r\n";

    [Fact]
    public async Task A_board_is_read_proposed_and_written_once()
    {
        using var folder = new SystemFolder();
        folder.Write("board.yaml", Yaml().Match(Repository.Page("storming.md")).Groups[1].Value);
        var text = await Shell.ConwayAsync(folder.Path, "storm", "board.yaml", "--out", "conway.yaml");
        Assert.Equal((0, "wrote conway.yaml. Next: conway check conway.yaml.\n"), (text.Code, text.Error));
        Assert.Equal(Console().Match(Repository.Page("storming.md")).Groups[1].Value, text.Output);
        var written = File.ReadAllText(Path.Combine(folder.Path, "conway.yaml"));
        Assert.StartsWith("# Proposed by 'conway storm' from board.yaml.", written, StringComparison.Ordinal);
        Assert.Contains("\n# Open: May an order be changed after that? (beside 'Order placed')\n", written, StringComparison.Ordinal);
        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "check")).Code);
        Assert.Equal(written, (await Shell.ConwayAsync(folder.Path, "storm", "board.yaml", "-o", "yaml")).Output);
        var again = await Shell.ConwayAsync(folder.Path, "storm", "board.yaml", "--out", "conway.yaml");
        Assert.Equal(new Ended(9, "", "conway: 'conway.yaml' is there already and was left as it is. Give another name.\n"), again);
        Assert.Equal(written, File.ReadAllText(Path.Combine(folder.Path, "conway.yaml")));
    }

    [Fact]
    public async Task A_table_is_read_like_a_board()
    {
        using var folder = new SystemFolder();
        folder.Write("my shop.csv", Table.Replace("Order; placed\r\n", "Order\r\n", StringComparison.Ordinal));
        var json = JsonNode.Parse((await Shell.ConwayAsync(folder.Path, "storm", "my shop.csv", "-o", "json")).Output)!;
        Assert.Equal("my-shop", json["system"]!.GetValue<string>());
        Assert.Equal("Order; placed", json["aggregates"]![0]!["events"]![0]!.GetValue<string>());
        Assert.Contains("'bill it' waits for 'Order', which is not on the board.", json["doubts"]!.AsArray().Select(d => d!.GetValue<string>()));
    }

    [Theory]
    [InlineData("gone.yaml", null, 2, "conway: there is no file 'gone.yaml'.\n")]
    [InlineData("board.txt", "x", 2, "conway: 'board.txt' is neither .yaml nor .csv.\n")]
    [InlineData("board.csv", "a,b\n1,2\n", 2, "conway: 'board.csv' has no columns 'kind' and 'words' in its first row. Its columns may be: kind, words, on, by, after, context.\n")]
    [InlineData("board.csv", "kind,words,contex\n", 2, "conway: 'board.csv' has the column 'contex', which a board does not have. Did you mean 'context'?\n")]
    [InlineData("board.csv", "kind,words\nevnt,Order placed\n", 2, "conway: line 2 of 'board.csv': 'evnt' is no kind of note. Did you mean 'event'?\n")]
    [InlineData("board.csv", "kind,words\n\nevent,\n", 2, "conway: line 3 of 'board.csv': the event has no words.\n")]
    [InlineData("board.csv", "kind,words\nevent,\"Order\n", 2, "conway: 'board.csv' cannot be read as a table: a quote that opens in the row of line 2 is not closed.\n")]
    [InlineData("board.csv", "kind,words\n", 1, "conway: 'board.csv' has no notes, so there is nothing to propose.\n")]
    public async Task What_is_no_board_is_answered_by_a_sentence(string file, string? text, int code, string error)
    {
        using var folder = new SystemFolder();
        if (text is not null)
        {
            folder.Write(file, text);
        }

        Assert.Equal(new Ended(code, "", error), await Shell.ConwayAsync(folder.Path, "storm", file));
    }

    [Fact]
    public async Task A_board_with_errors_says_where()
    {
        using var folder = new SystemFolder();
        folder.Write("board.yaml", "system: shop\nnotes:\n  - { evnt: Order placed }\n");
        var ended = await Shell.ConwayAsync(folder.Path, "storm", "board.yaml");
        Assert.Equal(3, ended.Code);
        Assert.Contains("board.yaml:3:7  error CW1101", ended.Error, StringComparison.Ordinal);
        Assert.EndsWith("conway: 'board.yaml' has errors in what it says, so nothing is proposed. Mend them first.\n", ended.Error, StringComparison.Ordinal);
    }

    [GeneratedRegex("^```yaml\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Yaml();

    [GeneratedRegex(@"^```console\n\$ conway storm [^\n]*\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Console();
}
