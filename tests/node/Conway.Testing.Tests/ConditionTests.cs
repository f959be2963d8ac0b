using Conway.Model;
using Conway.Testing.Queries;
using Conway.Testing.Steps;

namespace Conway.Testing.Tests;

public sealed class ConditionTests
{
    [Theory]
    [InlineData("\"shipped\"", "\"shipped\"", null)]
    [InlineData("\"shipped\"", "\"packed\"", "$.v: expected \"shipped\", got \"packed\"")]
    [InlineData("202", "\"202\"", "$.v: expected 202, got \"202\"")]
    [InlineData("2", "2.0", null)]
    [InlineData("true", "true", null)]
    [InlineData("null", "null", null)]
    [InlineData("null", null, "$.v: expected null, found nothing")]
    [InlineData("[1,\"a\"]", "[1,\"a\"]", null)]
    [InlineData("[1]", "[1,2]", "$.v: expected [1], got [1,2]")]
    [InlineData("""{"exists":true}""", "null", null)]
    [InlineData("""{"exists":true}""", null, "$.v: expected a value, found nothing")]
    [InlineData("""{"exists":false}""", null, null)]
    [InlineData("""{"exists":false}""", "1", "$.v: expected no value, got 1")]
    [InlineData("""{"matches":"^ord-[0-9]+$"}""", "\"ord-17\"", null)]
    [InlineData("""{"matches":"^ord-[0-9]+$"}""", "\"17\"", "$.v: expected a match of ^ord-[0-9]+$, got \"17\"")]
    [InlineData("""{"matches":"^4"}""", "42", null)]
    [InlineData("""{"matches":"."}""", "{}", "$.v: expected a match of ., got {}")]
    [InlineData("""{"gt":0}""", "0.01", null)]
    [InlineData("""{"gt":0}""", "0", "$.v: expected a number greater than 0, got 0")]
    [InlineData("""{"gt":0}""", "\"1\"", "$.v: expected a number greater than 0, got \"1\"")]
    [InlineData("""{"lt":10}""", "10", "$.v: expected a number less than 10, got 10")]
    [InlineData("""{"gt":0,"lt":10}""", "5", null)]
    [InlineData("""{"gt":0,"lt":10}""", "11", "$.v: expected a number less than 10, got 11")]
    [InlineData("\"${order}\"", "17", null)]
    [InlineData("\"order-${order}\"", "\"order-17\"", null)]
    [InlineData("""{"lt":"${order}"}""", "16", null)]
    [InlineData("\"${gone}\"", "1", "$.v: 'gone' has no value: $.gone of 'GET /' was not in the answer, got 1")]
    public void A_condition_says_what_does_not_hold(string condition, string? value, string? unmet)
    {
        var captures = new Captures();
        captures.Keep("order", Some.Json("17"), "$.order of 'GET /'");
        captures.Keep("gone", null, "$.gone of 'GET /'");
        var (read, message, _) = Read(condition);
        Assert.Null(message);
        Assert.Equal(unmet, read!.Unmet(Some.Json(value is null ? "{}" : $$"""{"v":{{value}}}"""), captures));
    }

    [Fact]
    public void A_long_value_is_shown_by_its_beginning()
    {
        var unmet = Read("1").Condition!.Unmet(Some.Json($$"""{"v":"{{new string('x', 5000)}}"}"""), new Captures());
        Assert.Equal($"$.v: expected 1, got \"{new string('x', 79)}…", unmet);
    }

    [Theory]
    [InlineData("{}", "The condition for '$.v' demands nothing.")]
    [InlineData("""{"exsits":true}""", "A condition has no 'exsits'. Write 'exists'.")]
    [InlineData("""{"city":"London"}""", "A condition has no 'city'. Write one of exists, matches, gt, lt; to compare a member of an object, name it in the query: $.v.city.")]
    [InlineData("""{"exists":"yes"}""", "'exists' is true or false, not \"yes\". Write true or false.")]
    [InlineData("""{"matches":"("}""", "'(' is not a regular expression.")]
    [InlineData("""{"matches":"(a)\\1"}""", "'(a)\\1' is not a regular expression.")]
    [InlineData("""{"gt":"many"}""", "'gt' compares numbers, and \"many\" is none.")]
    public void A_condition_that_means_nothing_is_told(string condition, string said)
    {
        var (read, message, mend) = Read(condition);
        Assert.Null(read);
        Assert.StartsWith(said, $"{message} {mend}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("202", 202, true)]
    [InlineData("202", 200, false)]
    [InlineData("2xx", 200, true)]
    [InlineData("2xx", 299, true)]
    [InlineData("2xx", 300, false)]
    [InlineData("5xx", 503, true)]
    [InlineData("odd", 200, false)]
    public void A_status_or_a_class_of_them_is_expected(string rule, int status, bool allowed) => Assert.Equal(allowed, StatusRule.Of(rule).Allows(status));

    private static (Condition? Condition, string? Message, string? Mend) Read(string condition)
    {
        Assert.True(JsonQuery.TryParse("$.v", out var query, out _));
        return ConditionReader.Read(query, new JsonText(condition));
    }
}
