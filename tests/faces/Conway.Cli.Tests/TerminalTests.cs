using System.Text.RegularExpressions;

namespace Conway.Cli.Tests;

/// <summary>On a terminal there is colour and a width; in a pipe there is neither.</summary>
public sealed partial class TerminalTests
{
    [Fact]
    public async Task On_a_terminal_there_is_colour()
    {
        using var folder = new SystemFolder(Models.Unwise);
        Assert.Matches(Colour(), await OnTerminalAsync(folder, "check", []));
    }

    [Theory]
    [InlineData("NO_COLOR", "1")]
    [InlineData("TERM", "dumb")]
    public async Task A_person_who_wants_no_colour_gets_none(string variable, string value)
    {
        using var folder = new SystemFolder(Models.Unwise);
        Assert.DoesNotMatch(Colour(), await OnTerminalAsync(folder, "check", new() { [variable] = value }));
    }

    [Fact]
    public async Task The_option_turns_colour_off_too()
    {
        using var folder = new SystemFolder(Models.Unwise);
        Assert.DoesNotMatch(Colour(), await OnTerminalAsync(folder, "check --no-color", []));
    }

    [Fact]
    public async Task Findings_and_graph_fit_a_terminal_of_80_columns()
    {
        using var folder = new SystemFolder(Models.Unwise);
        foreach (var verb in new[] { "check --no-color", "graph --no-color", "explain CW2104 --no-color", "explain mesh --no-color", "doctor --no-color" })
        {
            var lines = (await OnTerminalAsync(folder, verb, [])).Replace("\r", "", StringComparison.Ordinal).Split('\n');
            Assert.All(lines.Where(l => !verb.StartsWith("explain", StringComparison.Ordinal) || !l.StartsWith("    ", StringComparison.Ordinal)), l => Assert.InRange(l.Length, 0, 80));
        }
    }

    [Fact]
    public async Task A_reader_that_goes_away_is_no_fault()
    {
        using var folder = new SystemFolder(Models.Unwise);
        var ended = await Shell.RunAsync(folder.Path, null, ["/bin/sh", "-c", $"'{Repository.Conway}' explain | head -1"]);
        Assert.Equal((0, ""), (ended.Code, ended.Error));
    }

    [Fact]
    public async Task A_state_folder_that_cannot_be_made_costs_a_note_not_the_verb()
    {
        using var folder = new SystemFolder(Models.Clean);
        folder.Write(".conway", "a file in the way");
        var ended = await Shell.ProcessAsync(folder.Path, "check");
        Assert.Equal(0, ended.Code);
        Assert.StartsWith("note: ", ended.Error, StringComparison.Ordinal);
        Assert.Equal("", (await Shell.ProcessAsync(folder.Path, "check", "-q")).Error);
    }

    // ECMA-48 "select graphic rendition"; .NET sends other sequences to every terminal when it starts.
    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Colour();

    /// <summary>What a terminal of 80 columns is sent, by the <c>script</c> program of util-linux.</summary>
    private static async Task<string> OnTerminalAsync(SystemFolder folder, string line, Dictionary<string, string> environment)
    {
        environment.TryAdd("TERM", "xterm");
        var ended = await Shell.RunAsync(folder.Path, environment, ["script", "-qec", $"stty cols 80 rows 24; '{Repository.Conway}' {line}", "/dev/null"]);
        return ended.Output;
    }
}
