namespace Conway.Cli.Tests;

/// <summary>The picture of a run is a pure function: state, time and width in, lines out.</summary>
public sealed class RunScreenTests
{
    private static readonly DateTimeOffset Began = new(2026, 11, 21, 22, 15, 30, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = Began.AddSeconds(4.2);

    private static readonly RunScreenState Starting = new()
    {
        System = "shop",
        StartedAt = Began,
        Services =
        [
            Service("catalog", "healthy", 1.5) with { LastLog = "Now listening on: http://127.0.0.1:41873" },
            Service("orders", "waiting", 0.8) with { WaitingFor = ["payments", "inventory"], HealthyReplicas = 1 },
            Service("payments", "building", 4.2),
            Service("inventory", "starting", 2.1) with { Reason = "exited with code 3 one second after start; next try in 2 s" },
            Service("shipping", "failed", 0.3) with { Reason = "does not build: src/shipping/index.js:3 SyntaxError: Unexpected token" },
            Service("a-service-with-a-very-long-name-indeed", "healthy", 3600) with { WantedReplicas = 3, HealthyReplicas = 2 },
        ],
    };

    [Fact]
    public void Each_service_is_a_line_with_state_time_and_what_matters_now_in_80_columns() => AssertScreen(
        """
        shop  2 of 6 healthy  4.2 s
          catalog                   healthy      1.5 s  Now listening on: http://127.0.…
          orders                    waiting      0.8 s  waits for payments, inventory
          payments                  building     4.2 s
          inventory                 starting     2.1 s  exited with code 3 one second a…
          shipping                  failed       0.3 s  does not build: src/shipping/in…
          a-service-with-a-very-l…  healthy     60 min  2 of 3 replicas healthy
        """,
        RunScreen.Render(Starting, Now, 80, 24, new Ink(false)));

    [Fact]
    public void A_narrow_terminal_loses_the_notes_first() => AssertScreen(
        """
        shop  2 of 6 healthy  4.2 s
          catalog                   healthy      1.5 s
          orders                    waiting      0.8 s
          payments                  building     4.2 s
          inventory                 starting     2.1 s
          shipping                  failed       0.3 s
          a-service-with-a-very-l…  healthy     60 min
        """,
        RunScreen.Render(Starting, Now, 52, 24, new Ink(false)));

    [Fact]
    public void A_low_terminal_shows_those_that_need_eyes_first() => AssertScreen(
        """
        shop  2 of 6 healthy  4.2 s
          orders                    waiting      0.8 s  waits for payments, inventory
          payments                  building     4.2 s
          inventory                 starting     2.1 s  exited with code 3 one second a…
          and 3 more, 2 healthy in all
        """,
        RunScreen.Render(Starting, Now, 80, 7, new Ink(false)));

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    public void No_line_is_wider_than_the_terminal_in_colour_or_without(int width)
    {
        foreach (var ink in new[] { new Ink(false), new Ink(true) })
        {
            var lines = RunScreen.Render(Starting, Now, width, 24, ink);
            Assert.All(lines, l => Assert.InRange(System.Text.RegularExpressions.Regex.Replace(l, "\u001b\\[[0-9;]*m", "").Length, 0, Math.Max(width, 50)));
        }
    }

    [Fact]
    public void A_log_line_cannot_move_the_cursor()
    {
        var state = Starting with { Services = [Service("evil", "healthy", 1) with { LastLog = "\u001b[2J\r\nrm -rf" }] };
        Assert.DoesNotContain(RunScreen.Render(state, Now, 80, 24, new Ink(false)), l => l.Any(char.IsControl));
    }

    [Fact]
    public void A_new_state_starts_the_time_anew_and_a_new_note_does_not()
    {
        var first = Starting.With(Service("catalog", "healthy", 0) with { LastLog = "another line" }, Now);
        Assert.Equal(Now.AddSeconds(-1.5), first.Services[0].Since);
        Assert.Equal(Now, first.With(Service("catalog", "unhealthy", 0), Now).Services[0].Since);
    }

    [Fact]
    public void In_a_pipe_each_change_is_one_line_that_can_be_grepped()
    {
        var before = Service("orders", "starting", 2);
        Assert.Equal("22:15:34 orders healthy after 2.0 s", RunLines.Changed(before, before with { State = "healthy", HealthyReplicas = 1 }, Now));
        Assert.Equal("22:15:34 orders waiting waits for catalog", RunLines.Changed(before, before with { State = "waiting", WaitingFor = ["catalog"] }, Now));
        Assert.Null(RunLines.Changed(before, before with { LastLog = "GET /health 200" }, Now));
    }

    [Fact]
    public void What_is_being_built_stands_beside_the_time() =>
        Assert.Equal("shop  2 of 6 healthy  4.2 s  built Shop.Catalog", RunScreen.Render(Starting with { Doing = "built Shop.Catalog" }, Now, 80, 24, new Ink(false))[0]);

    [Fact]
    public void The_block_draws_over_itself_and_keeps_what_is_printed_above()
    {
        var output = new StringWriter { NewLine = "\n" };
        var block = new LiveBlock(output);
        block.Draw(["a", "b"]);
        block.Draw(["a", "b"]);
        block.PrintAbove(["kept"], ["a2", "b"]);
        Assert.Equal("a\nb\n" + "\u001b[2A\r" + "kept\u001b[K\na2\u001b[K\nb\u001b[K\n", output.ToString());
        output.GetStringBuilder().Clear();
        block.Draw(["a2"]);
        block.Clear();
        Assert.Equal("\u001b[2A\r" + "a2\u001b[K\n" + "\u001b[J" + "\u001b[1A\r" + "\u001b[J", output.ToString());
    }

    [Theory]
    [InlineData("short", 20, "short")]
    [InlineData("22:15:34 catalog serving the new process", 24, "22:15:34 catalog serving/         the new process")]
    [InlineData("  1. Kill a replica: kill -9 4711", 20, "  1. Kill a replica:/     kill -9 4711")]
    [InlineData("    an-extraordinarily-long-word and more", 20, "    an-extraordinarily-long-word/    and more")]
    [InlineData("     \u001b[2mthis is dim\u001b[0m", 16, "     \u001b[2mthis is dim\u001b[0m")]
    [InlineData("\u8336\u8336\u8336 \u8336\u8336", 10, "\u8336\u8336\u8336/\u8336\u8336")]
    public void What_is_longer_than_a_line_goes_on_below_its_own_text(string text, int columns, string expected) =>
        Assert.Equal(expected, string.Join('/', TextColumns.Wrapped(text, columns, RunLines.TextColumn(text))));

    [Theory]
    [InlineData("plain", 5, "plain")]
    [InlineData("plain", 4, "pla…")]
    [InlineData("plain", 1, "…")]
    [InlineData("plain", 0, "")]
    [InlineData("\u8336\u8336\u8336", 6, "\u8336\u8336\u8336")]
    [InlineData("\u8336\u8336\u8336", 5, "\u8336\u8336…")]
    [InlineData("\u8336\u8336\u8336", 4, "\u8336…")]
    [InlineData("\ud83d\ude80 go", 4, "\ud83d\ude80 …")]
    [InlineData("e\u0301e\u0301", 2, "e\u0301e\u0301")]
    public void Text_is_cut_by_the_columns_it_takes(string text, int columns, string expected) => Assert.Equal(expected, TextColumns.Cut(text, columns));

    private static RunService Service(string name, string state, double seconds) => new()
    {
        Name = name,
        State = state,
        Since = Now.AddSeconds(-seconds),
        HealthyReplicas = state == "healthy" ? 1 : 0,
    };

    private static void AssertScreen(string expected, IReadOnlyList<string> lines) => Assert.Equal(expected, string.Join('\n', lines));
}
