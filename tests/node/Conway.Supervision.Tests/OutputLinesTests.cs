using System.Text;

namespace Conway.Supervision.Tests;

public sealed class OutputLinesTests
{
    [Fact]
    public async Task Lines_end_at_newlines_carriage_returns_go_and_the_last_line_needs_no_newline() =>
        Assert.Equal(["one", "two", "", "three"], await Read("one\ntwo\r\n\nthree"));

    [Fact]
    public async Task A_line_without_end_is_handed_on_in_bounded_pieces()
    {
        var lines = await Read(new string('x', (OutputLines.LineBytesMax * 3) + 7) + "\nend");
        Assert.All(lines, l => Assert.True(l.Length <= OutputLines.LineBytesMax));
        Assert.Equal("end", lines[^1]);
        Assert.Equal((OutputLines.LineBytesMax * 3) + 7, lines.SkipLast(1).Sum(l => l.Length));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_do_no_harm() => Assert.Single(await Read(Encoding.Latin1.GetString([0xff, 0xfe, 0x00, 0x41])));

    private static async Task<List<string>> Read(string text)
    {
        var lines = new List<string>();
        await OutputLines.ReadAsync(new MemoryStream(Encoding.Latin1.GetBytes(text)), l => lines.Add(Encoding.Latin1.GetString(l.Span)), TestContext.Current.CancellationToken);
        return lines;
    }
}
