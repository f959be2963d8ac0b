using System.Text.RegularExpressions;

namespace Conway.Checks.Tests;

public sealed partial class CatalogTests
{
    [Fact]
    public void Every_check_of_the_room_is_in_the_list_in_order_of_its_code()
    {
        var made = typeof(CheckCatalog).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(ICheck)));
        Assert.Equal(made.ToHashSet(), CheckCatalog.All.Select(c => c.GetType()).ToHashSet());
        var codes = CheckCatalog.All.Select(c => c.Rule.Code).ToArray();
        Assert.Equal(codes.Order(StringComparer.Ordinal).Distinct(), codes);
    }

    [Fact]
    public void A_model_without_services_has_no_findings() => Assert.Empty(CheckCatalog.Check(new Conway.Model.SystemModel()));

    public static TheoryData<string> Codes => [.. CheckCatalog.All.Select(c => c.Rule.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void The_example_on_a_checks_page_gives_the_finding_it_shows(string code)
    {
        var page = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "docs", "reference", "findings", $"{code}.md"));
        var rule = CheckCatalog.All.Single(c => c.Rule.Code == code).Rule;
        Assert.StartsWith($"# {code} {rule.Title}\n", page, StringComparison.Ordinal);
        var model = Block().Matches(page).First(m => m.Groups["kind"].Value == "yaml").Groups["text"].Value;
        var shown = Block().Matches(page).Where(m => m.Groups["kind"].Value == "finding").SelectMany(m => m.Groups["text"].Value.Trim().Split('\n')).ToArray();
        var traffic = Block().Matches(page).FirstOrDefault(m => m.Groups["kind"].Value == "traffic");
        var commits = Block().Matches(page).FirstOrDefault(m => m.Groups["kind"].Value == "commits");
        var subject = new CheckSubject(Checking.Read(model).Model)
        {
            Observed = traffic is null ? null : Traffic.Run(traffic.Groups["text"].Value, attempts: 1),
            Git = commits is null ? null : Commits.History(commits.Groups["text"].Value),
            Code = Sources.Code(Blocks(page, "source")) ?? Sources.Facts(Blocks(page, "facts")),
            Addresses = Sources.Addresses(Blocks(page, "source")),
            Manifests = Sources.Manifests(Blocks(page, "manifest")),
        };
        Assert.Equal(shown, CheckCatalog.Check(subject).Where(f => f.Code == code).Select(f => $"{f.Code} {f.Message}"));
    }

    private static IEnumerable<string> Blocks(string page, string kind) => Block().Matches(page).Where(m => m.Groups["kind"].Value == kind).Select(m => m.Groups["text"].Value);

    [GeneratedRegex("""^```(?<kind>\w+)\n(?<text>.*?)^```""", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
