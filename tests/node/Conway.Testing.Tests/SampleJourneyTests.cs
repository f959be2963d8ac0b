using System.Text.RegularExpressions;
using Conway.Findings;
using Conway.Model;
using Conway.Reader;

namespace Conway.Testing.Tests;

/// <summary>The journeys of the sample and of the guide, as they stand in their files.</summary>
public sealed partial class SampleJourneyTests
{
    public static TheoryData<string> GuideExamples => [.. Yaml().Matches(File.ReadAllText(Path.Combine(Some.Root, "docs/guides/journeys.md"))).Select(m => m.Groups[1].Value)];

    [Fact]
    public async Task The_journey_buy_of_the_sample_buys_something()
    {
        await using var system = await StubSystem.StartAsync(new ShopStub().AnswerAsync);
        await using var runner = Some.Runner(system, Shop());
        var outcome = await runner.RunOnceAsync("buy", TestContext.Current.CancellationToken);

        Assert.Null(outcome.Failure?.Detail);
        Assert.Equal(
            [
                "GET /api/products?limit=90", "POST /api/basket", "PUT /api/basket/${basket}/lines/${product}", "POST /api/cards",
                "POST /api/orders", "DELETE /api/basket/${basket}", "GET /api/orders/${order}",
            ],
            outcome.Steps.Select(s => s.Step));
        Assert.Equal([200, 201, 200, 201, 202, 204, 200], outcome.Steps.Select(s => s.Status));
        Assert.Equal(3, outcome.Steps[^1].Attempts);
        Assert.Matches("^/api/basket/b-1/lines/p-[0-9]+$", system.Requests[2].Target);
    }

    [Fact]
    public async Task The_journey_browse_of_the_sample_looks_at_one_product()
    {
        await using var system = await StubSystem.StartAsync(new ShopStub().AnswerAsync);
        await using var runner = Some.Runner(system, Shop());
        Assert.Null((await runner.RunOnceAsync("browse", TestContext.Current.CancellationToken)).Failure?.Detail);
        var product = system.Requests[1].Target["/api/products/".Length..];
        Assert.Equal($"/api/stock/{product}", system.Requests[2].Target);
    }

    [Fact]
    public void Every_journey_of_the_sample_can_be_walked() => Assert.Empty(JourneyCheck.Check(Shop()));

    [Theory]
    [MemberData(nameof(GuideExamples))]
    public void Every_example_of_the_guide_can_be_walked(string yaml)
    {
        var journeys = Some.Journeys(yaml);
        Assert.NotEmpty(journeys);
        Assert.Empty(JourneyCheck.Check(journeys).Select(f => f.ToString()));
    }

    private static NameMap<Journey> Shop()
    {
        var read = ModelReader.Read(new DiskFileTree(Path.Combine(Some.Root, "samples", "shop")), "conway.yaml", new ReadOptions());
        Assert.DoesNotContain(read.Findings, f => f.Severity == Severity.Error);
        return read.Model.Journeys;
    }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Yaml();
}
