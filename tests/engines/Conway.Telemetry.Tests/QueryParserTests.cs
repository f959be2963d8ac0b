namespace Conway.Telemetry.Tests;

public sealed class QueryParserTests
{
    [Theory]
    [InlineData("level:error", "Level Is error 17")]
    [InlineData("-service:orders", "not Service Is orders 0")]
    [InlineData("\"card refused\"", "Text Is card refused 0")]
    [InlineData("\"a \\\"b\\\" \\\\c\"", "Text Is a \"b\" \\c 0")]
    [InlineData("refused", "Text Is refused 0")]
    [InlineData("-refused", "not Text Is refused 0")]
    [InlineData("-", "Text Is - 0")]
    [InlineData("/api/x?y:z", "Text Is /api/x?y:z 0")]
    [InlineData("duration:>100ms", "Duration Greater 100ms 100000000")]
    [InlineData("duration:<=1.5s", "Duration LessOrEqual 1.5s 1500000000")]
    [InlineData("attr.http.route:\"/a b\"", "Attribute http.route Is /a b 0")]
    [InlineData("attr.tries:>2", "Attribute tries Greater 2 2")]
    [InlineData("attr.user:*", "Attribute user Exists * 0")]
    [InlineData("status:error kind:server", "Status Is error 2; Kind Is server 2")]
    [InlineData("  ", "")]
    public void A_search_is_read_term_by_term(string text, string expected)
    {
        Assert.True(TelemetryQuery.TryParse(text, out var query, out var error), error?.Message);
        Assert.Equal(expected, string.Join("; ", query!.Terms.Select(t => $"{(t.IsNegated ? "not " : "")}{t.Field} {(t.Key.Length > 0 ? t.Key + " " : "")}{t.Comparison} {t.Text} {t.Number}")));
    }

    [Theory]
    [InlineData("service:", 0, "'service:' wants a value.")]
    [InlineData("service:a level:loud", 10, "'loud' is no level. There are trace, debug, info, warn, error and fatal.")]
    [InlineData("a \"open", 2, "The closing quotation mark is missing.")]
    [InlineData("duration:>5", 0, "'5' is no duration. Write 100ms, 1.5s, 5m.")]
    [InlineData("trace:xyz", 0, "A trace id has 32 hexadecimal digits.")]
    [InlineData("since:yesterday", 0, "'yesterday' is no time. Write how long ago (5m) or when (2026-11-21T12:00:00Z).")]
    [InlineData("x servce:orders", 2, "'servce' is nothing to search by. There are service, instance, level, trace, span, operation, status, kind, duration, since, until and attr.KEY; put words with a colon in quotation marks.")]
    [InlineData("attr.n:>many", 0, "'many' is no number to compare with.")]
    [InlineData("service:>a", 0, "Only duration and attributes can be compared with < and >.")]
    public void What_is_no_search_is_told_with_its_place(string text, int position, string message)
    {
        Assert.False(TelemetryQuery.TryParse(text, out _, out var error));
        Assert.Equal((position, message), (error!.Position, error.Message));
    }

    [Fact]
    public void No_text_at_all_makes_the_parser_throw()
    {
        var random = new Random(20261121);
        const string Alphabet = "abc:\"\\-<>=.*  level service attr.since 0129msh\u00e9\ud83d";
        for (var round = 0; round < 20_000; round++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(40)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
            var read = TelemetryQuery.TryParse(text, out var query, out var error);
            Assert.True(read ? query is not null : error!.Position <= text.Length && error.Length >= 1, text);
        }
    }
}
