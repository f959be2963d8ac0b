using System.Text;
using System.Text.Json;

namespace Conway.Supervision.Tests;

public sealed class PrintedTextTests
{
    [Theory]
    [InlineData("listening on 5000", "listening on 5000")]
    [InlineData("{ not json", "{ not json")]
    [InlineData("{}", "{}")]
    [InlineData("""{"level":"info","otlp":true,"category":"Orders","message":"GET /api/orders 200 in 3 ms","fields":{"Order":"o-1"}}""", "GET /api/orders 200 in 3 ms")]
    [InlineData("""{"EventId":14,"LogLevel":"Information","Category":"Microsoft.Hosting","Message":"Now listening","State":{"Message":"other"}}""", "Now listening")]
    [InlineData("""{"level":30,"time":1732233600000,"pid":7,"msg":"ready \u0022now\u0022"}""", "ready \"now\"")]
    [InlineData("""{"level":"error","message":"cannot start","exception":"System.IO.IOException: disk full\n   at Shop.Orders.Main()"}""", "cannot start: System.IO.IOException: disk full")]
    [InlineData("""{"level":"error","message":"disk full","stack":"disk full\n    at main (a.js:1)"}""", "disk full")]
    [InlineData("""{"message":12,"level":"info"}""", """{"message":12,"level":"info"}""")]
    [InlineData("""{"message":""}""", """{"message":""}""")]
    public void A_structured_line_is_read_as_what_it_says(string line, string said) => Assert.Equal(said, PrintedText.Of(Encoding.UTF8.GetBytes(line)));

    [Fact]
    public void However_a_line_is_cut_off_it_gives_the_beginning_of_its_message_or_itself()
    {
        const string Message = "order \"7\" \u00fcber \ud83d\ude80 \u8336 taken";
        var line = JsonSerializer.SerializeToUtf8Bytes(new { level = "info", message = Message, fields = new { Order = "o-7" } });
        var raw = Encoding.UTF8.GetBytes("""{"level":"info","message":"order \"7\" über 🚀 茶 taken","fields":{"Order":"o-7"}}""");
        foreach (var whole in new[] { line, raw })
        {
            var longest = 0;
            for (var length = 0; length <= whole.Length; length++)
            {
                var said = PrintedText.Of(whole.AsSpan(0, length));
                Assert.True(Message.StartsWith(said, StringComparison.Ordinal) || said == Encoding.UTF8.GetString(whole, 0, length), $"{length}: {said}");
                Assert.True(said[..Math.Min(1, said.Length)] != "o" || said.Length >= longest, $"{length}: {said}");
                longest = said.StartsWith('o') ? said.Length : longest;
            }

            Assert.Equal(Message.Length, longest);
        }
    }
}
