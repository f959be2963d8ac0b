using System.Text.Json;

namespace Conway.Run;

/// <summary>The sample on a terminal of 80 columns and 24 rows.</summary>
public sealed class LiveScreenTests
{
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(2);
    private static readonly string[] Services = ["catalog", "storefront", "basket", "orders", "payments", "inventory", "shipping"];

    [Fact]
    public async Task The_sample_fits_a_terminal_of_80_columns_from_the_first_line_to_the_last_and_leaves_it_clean()
    {
        using var shop = new ShopFiles();
        string run;
        await using (var terminal = TerminalProgram.Start("run", shop.Folder, "--no-open", "--timeout", "20m", "--port", $"{FreePorts.Next()}", "--console-port", $"{FreePorts.Next()}"))
        {
            await terminal.Until(s => s.Lines.Any(l => l.StartsWith("shop  ", StringComparison.Ordinal)), Enough, "the live lines");
            Keep("starting", terminal.Look(s => s.Lines));
            await terminal.Until(s => s.AllLines.Contains("Ctrl-C stops everything."), TimeSpan.FromMinutes(20), "the last lines");
            await terminal.Until(s => s.Lines.Any(l => l.StartsWith("shop  7 of 7 healthy", StringComparison.Ordinal)), Enough, "all healthy below them");
            var lines = terminal.Look(s => s.Lines);
            Keep("running", lines);

            // All of it on one screen: where to look, what to try, how to stop, and the services, each on a line.
            Assert.All(["storefront  http://127.0.0.1:", "console     http://127.0.0.1:", "  1. Kill a replica: kill -9 ", "  2. Edit services/", "  3. Break services/", "Ctrl-C stops everything."],
                wanted => Assert.Single(lines, l => l.StartsWith(wanted, StringComparison.Ordinal)));
            Assert.All(Services, name => Assert.Single(lines, l => l.StartsWith($"  {name} ", StringComparison.Ordinal) && l.Contains(" healthy ", StringComparison.Ordinal)));

            // A change that is told and longer than a line.
            var source = Path.Combine(shop.Folder, "src", "Payments", "Program.cs");
            await File.AppendAllTextAsync(source, "// another line\n", TestContext.Current.CancellationToken);
            await terminal.Until(s => s.Lines.Any(l => l.Contains(" payments serving ", StringComparison.Ordinal)), Enough, "the change");
            Keep("changed", terminal.Look(s => s.Lines));

            run = JsonSerializer.Deserialize<NodeAddress>(await File.ReadAllTextAsync(Path.Combine(shop.Folder, ".conway", "node.json"), TestContext.Current.CancellationToken), JsonSerializerOptions.Web)!.Run;
            await terminal.Press('\u0003');
            Assert.Equal(130, await terminal.Ended(Enough));
            Keep("ended", terminal.Look(s => s.Lines));
            terminal.Look(AssertClean);
        }

        Assert.Empty(RunningProgram.Alive(run));
    }

    /// <summary>What the test above relies on: this terminal sees what is wrong with it.</summary>
    [Fact]
    public void A_terminal_that_is_left_dirty_is_seen()
    {
        var screen = new ScreenReplay(10, 3);
        screen.Take("\u001b[?25l\u001b[?1049h\u001b[31mtoo long for it\u001b[5n"u8);
        Assert.Equal(["too long f", "or it"], screen.Lines.Take(2));
        Assert.Equal(["too long f"], screen.Wrapped);
        Assert.True(screen is { CursorIsShown: false, IsAlternate: true, IsPainting: true });
        Assert.Equal(["[5n"], screen.Unknown);
        screen.Take("\u001b[0m\r\n1\r\n2\r\u001b[J"u8);
        Assert.Equal(["or it", "1", ""], screen.Lines);
        Assert.Equal("too long f", screen.AllLines[0]);
        Assert.False(screen.IsPainting);
    }

    private static bool AssertClean(ScreenReplay screen)
    {
        Assert.Empty(screen.Unknown);
        Assert.Empty(screen.Wrapped);
        Assert.True(screen.CursorIsShown);
        Assert.False(screen.IsAlternate);
        Assert.False(screen.IsPainting);
        Assert.Equal(0, screen.Cursor.Column);
        Assert.EndsWith("stopped; nothing is left running", screen.Lines.Last(l => l.Length > 0), StringComparison.Ordinal);
        Assert.DoesNotContain(screen.Lines, l => l.StartsWith("  catalog ", StringComparison.Ordinal));
        return true;
    }

    /// <summary>For looking at: <c>artifacts/test/screen-running.txt</c>.</summary>
    private static void Keep(string moment, IReadOnlyList<string> lines)
    {
        var folder = Path.Combine(Product.Root, "artifacts", "test");
        Directory.CreateDirectory(folder);
        File.WriteAllLines(Path.Combine(folder, $"screen-{moment}.txt"), lines);
    }
}
