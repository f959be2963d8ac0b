using Conway.Registry.Filters;

namespace Conway.Registry.Tests;

public sealed class FilterTests
{
    private static readonly Item Sample = new("web", 8080, true, ["blue", "v2"], new Dictionary<string, string> { ["region"] = "eu-west", ["a/b"] = "x" }, new Inner("10.0.0.1", []));

    [Theory]
    [InlineData("Name == web", true)]
    [InlineData("Name == \"web\"", true)]
    [InlineData("Name != `web`", false)]
    [InlineData("Port == 8080 and Up == true", true)]
    [InlineData("Port != 8080 or Up == false", false)]
    [InlineData("not Name == other", true)]
    [InlineData("Name == x or Name == web and Port == 1", false)]
    [InlineData("(Name == x or Name == web) and Port == 8080", true)]
    [InlineData("\"blue\" in Tags", true)]
    [InlineData("green not in Tags", true)]
    [InlineData("Tags contains v2", true)]
    [InlineData("Tags not contains v2", false)]
    [InlineData("Tags is empty", false)]
    [InlineData("Inner.List is empty", true)]
    [InlineData("Inner.Address matches `^10\\.`", true)]
    [InlineData("Name not matches \"^w.b$\"", false)]
    [InlineData("Meta.region == \"eu-west\"", true)]
    [InlineData("Meta[\"a/b\"] == x", true)]
    [InlineData("\"/Meta/a~1b\" == x", true)]
    [InlineData("Meta.absent == x", false)]
    [InlineData("Meta.absent != x", true)]
    [InlineData("Meta.absent is empty", true)]
    [InlineData("region in Meta", true)]
    [InlineData("Name contains e", true)]
    public void An_expression_means_what_consul_means_by_it(string expression, bool kept)
    {
        var (keep, fault) = Bexpr.Compile<Item>(expression);

        Assert.True(keep is not null, fault);
        Assert.Equal(kept, keep(Sample));
    }

    [Theory]
    [InlineData("Nam == web", "Selector \"Nam\" is not valid")]
    [InlineData("Inner.Port == 1", "Selector \"Inner.Port\" is not valid")]
    [InlineData("Name.Length == 3", "Selector \"Name.Length\" is not valid")]
    [InlineData("Name", "1:5: expected an operator: ==, !=, in, contains, matches, is empty, found the end")]
    [InlineData("Name == ", "1:9: expected a value, found the end")]
    [InlineData("Name == web Port == 1", "1:13: expected nothing or 'and' or 'or', found 'Port'")]
    [InlineData("(Name == web", "1:13: expected ')', found the end")]
    [InlineData("Name == \"web", "1:9: the text that starts here has no end")]
    [InlineData("Tags == blue", "Invalid match operator \"==\" for selector \"Tags\"")]
    [InlineData("Port == many", "Failed to coerce value \"many\" of selector \"Port\" to a number")]
    [InlineData("Name matches `(`", "failed to compile regular expression")]
    [InlineData("Name & web", "1:6: '&' does not belong in an expression")]
    [InlineData("Name is not", "1:12: expected 'empty' or 'not empty', found the end")]
    public void A_wrong_expression_is_answered_with_the_place_and_what_was_expected(string expression, string fault)
    {
        var (keep, said) = Bexpr.Compile<Item>(expression);

        Assert.Null(keep);
        Assert.StartsWith(fault, said, StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_and_length_are_bounded()
    {
        Assert.Contains("at most 64 levels", Bexpr.Compile<Item>(new string('(', 5000)).Fault, StringComparison.Ordinal);
        Assert.Contains("longer than", Bexpr.Compile<Item>(new string('x', 10_000)).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_narrows_an_answer_and_a_wrong_one_is_a_400()
    {
        await using var registry = await RunningRegistry.StartAsync();
        registry.Engine.Apply(Some.Table(Some.Instance("orders", "a", tags: "blue"), Some.Instance("orders", "b", tags: "green")));

        var blue = await registry.GetAsync("health/service/orders?filter=" + Uri.EscapeDataString("blue in Service.Tags and Checks is not empty"));
        await registry.GetAsync("health/service/none?filter=" + Uri.EscapeDataString("Bogus == 1"), System.Net.HttpStatusCode.BadRequest);

        Assert.Equal("a", Assert.Single(blue.EnumerateArray()).GetProperty("Service").GetProperty("ID").GetString());
    }

    [Fact]
    public void Seeded_garbage_gives_a_fault_and_never_an_exception()
    {
        const int seed = 4711;
        var random = new Random(seed);
        string[] scraps = ["Name", "Tags", "Meta", ".", "[", "]", "\"a\"", "`b`", "(", ")", "==", "!=", "in", "not", "is", "empty", "and", "or", "contains", "matches", "1", "\"/Meta/x\"", "\\", "\""];
        for (var i = 0; i < 50_000; i++)
        {
            var expression = string.Join(random.Next(3) == 0 ? "" : " ", Enumerable.Range(0, random.Next(10)).Select(_ => scraps[random.Next(scraps.Length)]));
            var (keep, fault) = Bexpr.Compile<Item>(expression);
            if (keep is null) Assert.NotEmpty(fault);
            else keep(Sample);
        }
    }

    internal sealed record Item(string Name, int Port, bool Up, IReadOnlyList<string> Tags, IReadOnlyDictionary<string, string> Meta, Inner Inner);

    internal sealed record Inner(string Address, IReadOnlyList<Inner> List);
}
