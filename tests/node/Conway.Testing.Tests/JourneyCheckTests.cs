using System.Text.RegularExpressions;

namespace Conway.Testing.Tests;

public sealed class JourneyCheckTests
{
    public static TheoryData<string> Pages => [.. Directory.GetFiles(Path.Combine(Some.Root, "docs/reference/findings"), "CW13*.md").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_example_of_each_page_has_the_finding_that_the_page_shows(string page)
    {
        var text = File.ReadAllText(Path.Combine(Some.Root, "docs/reference/findings", page));
        var findings = JourneyCheck.Check(Some.Journeys(Block("yaml").Match(text).Groups[1].Value));
        Assert.Equal(Block("finding").Match(text).Groups[1].Value.Trim(), string.Join('\n', findings.Select(f => f.ToString())));
    }

    [Fact]
    public void Every_kind_of_finding_has_a_page_with_an_example() => Assert.Equal(["CW1301.md", "CW1302.md", "CW1303.md"], Pages.Select(p => p.Data));

    [Theory]
    [InlineData("- { get: /, pick: { p: \"$.items[*\" } }", "journeys.walk.steps[0].pick.p CW1301 '$.items[*' is not a query: ']' is missing (character 10). => Write one such as $.items[*].id.")]
    [InlineData("- { get: /, capture: { p: \"$.items[*].id\" } }", "journeys.walk.steps[0].capture.p CW1301 '$.items[*].id' may find several values, and one is looked at here. => Write an index in the place of *, or draw one of the values with 'pick'.")]
    [InlineData("- { get: /, until: { status: shipped } }", "journeys.walk.steps[0].until.status CW1301 'status' is not a query: a query begins with $ (character 1). => Write one such as $.items[0].id.")]
    [InlineData("- { get: /, capture: { order: $.id } }\n- { get: \"/${ordr}\" }", "journeys.walk.steps[1].get CW1302 No earlier step of 'walk' keeps 'ordr'. => Write 'order'.")]
    [InlineData("- { get: \"/${order}\", capture: { order: $.id } }", "journeys.walk.steps[0].get CW1302 No earlier step of 'walk' keeps 'order'. => Keep it in an earlier step: capture: { order: $.order }.")]
    [InlineData("- { post: /, headers: { Authorization: \"Bearer ${secret:token}\" } }", "journeys.walk.steps[0].headers CW1302 Secrets are not given to journeys, and '${secret:token}' would be sent as it stands. => Let a step fetch what it needs, or give a test value by ${env:NAME}.")]
    [InlineData("- { get: /, when: coupon }", "journeys.walk.steps[0].when CW1302 No earlier step of 'walk' keeps 'coupon'. => Keep it in an earlier step: capture: { coupon: $.coupon }.")]
    [InlineData("- { post: /, body: { a: [\"${x}\"] } }", "journeys.walk.steps[0].body CW1302 No earlier step of 'walk' keeps 'x'. => Keep it in an earlier step: capture: { x: $.x }.")]
    [InlineData("- { get: /, expect: { json: { $.id: \"${x}\" } } }", "journeys.walk.steps[0].expect CW1302 No earlier step of 'walk' keeps 'x'. => Keep it in an earlier step: capture: { x: $.x }.")]
    [InlineData("- { get: /, expect: { json: { $.total: { gte: 0 } } } }", "journeys.walk.steps[0].expect.json.$.total CW1303 A condition has no 'gte'. => Write 'gt'.")]
    [InlineData("- { post: \"/${uuid}\", body: { key: \"${uuid}\" } }", "")]
    public void What_cannot_be_walked_is_told_with_what_to_write_instead(string steps, string said) =>
        Assert.Equal(said, string.Join('\n', JourneyCheck.Check(Some.Walk(steps)).Select(f => $"{f.ModelPath} {f} => {f.Mend}")));

    [Fact]
    public void A_finding_is_placed_where_it_is_written()
    {
        var read = Some.Read("journeys:\n  walk:\n    steps:\n      - get: /\n        pick: { p: items }\n");
        Assert.Equal("conway.yaml:7:17", Assert.Single(read.Map.Place(JourneyCheck.Check(read.Model.Journeys))).Place.ToString());
    }

    private static Regex Block(string language) => new($"```{language}\n(.*?)```", RegexOptions.Singleline);
}
