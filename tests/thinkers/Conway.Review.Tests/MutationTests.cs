namespace Conway.Review.Tests;

public sealed class MutationTests
{
    public static TheoryData<string> Names => [.. Mutation.All.Select(m => m.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mutation_gives_the_classes_that_it_should_and_no_others(string name)
    {
        var mutation = Find(name);
        var changes = Reviewing.Review(mutation.Before, mutation.Apply(mutation.Before));
        Assert.True(mutation.Classes.SequenceEqual(changes.Ids()), $"wanted {string.Join(", ", mutation.Classes)}; found {string.Join(", ", changes.Ids())}\n{changes.Text()}");
        Assert.All(changes, c => Assert.NotEmpty(c.Deciders));
        Assert.All(changes, c => Assert.True(c.Place is not null && c.PathBefore + c.PathAfter != "", c.Message));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mutation_read_backwards_is_a_change_exactly_when_it_is_one_forwards(string name)
    {
        var mutation = Find(name);
        var backwards = Reviewing.Review(mutation.Apply(mutation.Before), mutation.Before);
        Assert.Equal(mutation.Classes.Length == 0, backwards.Count == 0);
        Assert.DoesNotContain(backwards, c => c.Class == ChangeCatalog.Other);
    }

    [Fact]
    public void There_are_many_and_each_name_is_there_once()
    {
        Assert.InRange(Mutation.All.Count, 60, 500);
        Assert.Equal(Mutation.All.Count, Mutation.All.Select(m => m.ToString()).Distinct().Count());
    }

    [Theory]
    [InlineData("shop")]
    [InlineData("bank")]
    public void The_order_in_which_mutations_are_applied_does_not_matter(string system)
    {
        // Those that share no text can be applied in any order; what is said afterwards is the same, byte for byte.
        var random = new Random(8123);
        var all = Mutation.All.Where(m => m.System == system).ToArray();
        var told = 0;
        for (var round = 0; round < 40; round++)
        {
            var some = all.OrderBy(_ => random.Next()).Take(3).ToArray();
            var (one, other) = (Together(some), Together([.. some.Reverse()]));
            if (one is null || other is null)
            {
                continue;
            }

            told++;
            Assert.Equal(Reviewing.Review(some[0].Before, one).Text(), Reviewing.Review(some[0].Before, other).Text());
        }

        Assert.InRange(told, 10, 40);
    }

    [Fact]
    public void Most_classes_are_shown_by_a_mutation()
    {
        var shown = Mutation.All.SelectMany(m => m.Classes).Concat(["service-split", "service-merged", "cycle-removed", "store-unshared", "saga-removed", "context-removed", "environment-changed", "other-changed"]).ToHashSet();
        Assert.Equal([], ChangeCatalog.All.Select(c => c.Id).Where(id => !shown.Contains(id)));
    }

    private static IReadOnlyDictionary<string, string>? Together(Mutation[] some)
    {
        var files = some[0].Before;
        foreach (var mutation in some)
        {
            if (files.Count(f => f.Value.Contains(mutation.Old, StringComparison.Ordinal)) != 1)
            {
                return null;
            }

            files = mutation.Apply(files);
        }

        return files;
    }

    private static Mutation Find(string name) => Mutation.All.Single(m => m.ToString() == name);
}
