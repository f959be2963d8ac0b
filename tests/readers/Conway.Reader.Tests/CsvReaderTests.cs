using System.Text;

namespace Conway.Reader.Tests;

public sealed class CsvReaderTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", "1:a|b 2:1|2")]
    [InlineData("a;b;c\r\n1,5;2;3", "1:a|b|c 2:1,5|2|3")]
    [InlineData("a\tb\n\n  1 \t2\n", "1:a|b 3:1|2")]
    [InlineData("a,b\n\"x, \"\"y\"\"\nz\",2\nlast,3", "1:a|b 2:x, \"y\"\nz|2 4:last|3")]
    [InlineData("\uFEFFa,b", "1:a|b")]
    [InlineData("a\"b,c", "1:a\"b|c")]
    [InlineData("", "")]
    [InlineData(",,\n", "")]
    public void Rows_are_cut_at_the_separator_that_the_first_line_has_most(string text, string rows)
    {
        var (found, problem) = CsvReader.Read(Encoding.UTF8.GetBytes(text), 100);
        Assert.Null(problem);
        Assert.Equal(rows, string.Join(' ', found.Select(r => $"{r.Line}:{string.Join('|', r.Cells)}")));
    }

    [Fact]
    public void What_is_no_table_says_why()
    {
        Assert.Equal("it is not UTF-8", CsvReader.Read([0xC3, 0x28], 10).Problem);
        Assert.Equal("a quote that opens in the row of line 2 is not closed", CsvReader.Read("a\n\"b"u8, 10).Problem);
        Assert.Equal("it has more than 2 rows", CsvReader.Read("a\nb\nc\nd\n"u8, 2).Problem);
    }
}
