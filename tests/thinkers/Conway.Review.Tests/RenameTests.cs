using System.Text.RegularExpressions;

namespace Conway.Review.Tests;

public sealed partial class RenameTests
{
    [Fact]
    public void A_renamed_service_is_renamed_and_nothing_else()
    {
        var changes = Reviewing.Review(Reviewing.Bank, Reviewing.Bank.Replace("svc-ledger", "svc-books", StringComparison.Ordinal));
        var change = Assert.Single(changes);
        Assert.Equal(("renamed", "services.svc-ledger", "services.svc-books"), (change.Class.Id, change.PathBefore, change.PathAfter));
        Assert.Equal("Service 'svc-ledger' is called 'svc-books' now; the rest of it is the same, but its host name, its variables and its topic without a name follow.", change.Message);
    }

    [Fact]
    public void A_renamed_service_whose_timeout_changed_is_both()
    {
        var head = Reviewing.Bank.Replace("svc-ledger", "svc-books", StringComparison.Ordinal).Replace("timeout: 300ms", "timeout: 1s", StringComparison.Ordinal);
        var changes = Reviewing.Review(Reviewing.Bank, head);
        Assert.Equal(["renamed", "resilience-loosened"], changes.Ids());
        Assert.Equal("services.svc-loans.calls.svc-ledger.timeout", Assert.Single(changes, c => c.Class.Id == "resilience-loosened").PathBefore);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Renaming_everything_changes_nothing_but_names(int seed)
    {
        var names = Names().Matches(Reviewing.Bank).Select(m => m.Value).Distinct(StringComparer.Ordinal).ToArray();
        var random = new Random(seed);
        var now = names.OrderBy(_ => random.Next()).Select((n, i) => (n, New: char.IsUpper(n[0]) ? $"NewEvent{i}" : $"new-{i}")).ToDictionary(n => n.n, n => n.New);
        var head = Names().Replace(Reviewing.Bank, m => now[m.Value]);
        var changes = Reviewing.Review(Reviewing.Bank, head);
        Assert.All(changes, c => Assert.True(c.Class == ChangeCatalog.Renamed, c.Message));
        Assert.Equal(names.Length, changes.Count);
        Assert.All(changes, c => Assert.Equal(now[c.Values[0].Before!], c.Values[0].After));
    }

    [Fact]
    public void Of_two_that_are_alike_in_everything_each_keeps_its_neighbours()
    {
        const string Yaml = """
            conway: 1
            system: twins
            services:
              a: { command: run, calls: [x] }
              b: { command: run, calls: [y] }
              x: { command: wait }
              y: { command: wait }
            """;
        var changes = Reviewing.Review(Yaml, Yaml.Replace("a:", "c:", StringComparison.Ordinal).Replace("x", "z", StringComparison.Ordinal));
        Assert.Equal(["a => c", "x => z"], changes.Select(c => $"{c.Values[0].Before} => {c.Values[0].After}").Order());
    }

    [Fact]
    public void A_new_service_in_place_of_another_one_is_no_rename()
    {
        var head = Reviewing.Bank.Replace("  svc-report:\n    context: ctx-money\n    command: node report.js\n    calls: [svc-ledger]\n", "  svc-mail:\n    context: ctx-people\n    command: python mail.py\n    replicas: 2\n    tags: [new]\n", StringComparison.Ordinal);
        Assert.Equal(["service-added", "service-removed"], Reviewing.Review(Reviewing.Bank, head).Ids().Where(i => i.StartsWith("service", StringComparison.Ordinal) || i == "renamed"));
    }

    [GeneratedRegex(@"\b(?:(?:cap|ctx|team|svc|db|job|way|flow|rule)-[a-z]+|Evt[A-Za-z]+)")]
    private static partial Regex Names();
}
