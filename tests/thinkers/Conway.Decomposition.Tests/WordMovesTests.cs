using Conway.Decomposition.Graphs;
using Conway.Decomposition.Homes;
using Conway.Decomposition.Proposals;

namespace Conway.Decomposition.Tests;

public sealed class WordMovesTests
{
    private static readonly Partition Halves = Partition.Of(0, 0, 0, 0, 0, 1, 1, 1, 1, 1);

    [Fact]
    public void Where_ties_are_divided_words_decide()
    {
        // Node 4 is with the first half and tied to both alike.
        var graph = TwoCliques((4, 0, 10), (4, 9, 10));
        Assert.Equal(Halves, WordMoves.Run(graph, Say("a a a a x b b b b b"), Halves));
        Assert.Equal(Partition.Of(0, 0, 0, 0, 1, 1, 1, 1, 1, 1), WordMoves.Run(graph, Say("a a a a b b b b b b"), Halves));
    }

    [Fact]
    public void Words_do_not_part_what_is_tied_to_nothing_else()
    {
        var graph = TwoCliques((4, 0, 10), (4, 1, 10));
        Assert.Equal(Halves, WordMoves.Run(graph, Say("a a a a b b b b b b"), Halves));
    }

    [Fact]
    public void A_word_that_all_speak_speaks_for_nobody()
    {
        var graph = TwoCliques((4, 0, 10), (4, 9, 10));
        Assert.Equal(Halves, WordMoves.Run(graph, Say("a a a a a a a a a a"), Halves));
    }

    [Fact]
    public void A_unit_in_no_cluster_finds_the_one_that_speaks_like_it()
    {
        var nowhere = Partition.Of(0, 0, 0, 0, -1, 1, 1, 1, 1, 1);
        Assert.Equal(1, WordMoves.Run(TwoCliques(), Say("a a a a b b b b b b"), nowhere)[4]);
        Assert.Equal(Partition.None, WordMoves.Run(TwoCliques(), Say("a a a a c b b b b b"), nowhere)[4]);
    }

    [Fact]
    public void A_place_is_believed_only_where_most_of_it_is_together()
    {
        var graph = TwoCliques((4, 0, 10), (4, 9, 10));
        var moved = WordMoves.Run(graph, Say(".m .m .m .m .n .n .n .n .n .n"), Halves);
        Assert.Equal(moved[9], moved[4]);

        // Like a layer: it is in three clusters, and less than half of it in any.
        var thirds = Partition.Of(0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2);
        var layered = TwoCliques((4, 0, 10), (4, 8, 10), (9, 10, 100), (9, 11, 100), (10, 11, 100), (10, 12, 100), (11, 12, 100), (9, 12, 100));
        Assert.Equal(0, WordMoves.Run(layered, Say(".l a a a .l .l .l .l b .l .l .l c"), thirds)[4]);
        Assert.Equal(1, WordMoves.Run(layered, Say("l a a a l l l l b l l l c"), thirds)[4]);
    }

    [Fact]
    public void No_cluster_is_emptied()
    {
        var small = Partition.Of(0, 0, 0, 1, 1, 1, 1, 1, 1, 1);
        var graph = Small.Graph(10, (0, 3), (1, 4), (2, 5), (3, 4), (4, 5), (5, 6), (6, 7), (7, 8), (8, 9));
        Assert.Equal(2, WordMoves.Run(graph, Say("b b b b b b b b b b"), small).Count);
    }

    [Fact]
    public void Namespaces_are_looked_at_unless_they_are_hidden()
    {
        // Clerk is tied to both modules alike; only its namespace says whose it is.
        string[] Types(string space) => [.. Enumerable.Range(0, 6).SelectMany(i => new[] { $"Shop.Orders.O{i}", $"Shop.Stock.S{i}" }), $"Shop.{space}.Clerk"];
        var uses = from t in "OS" from i in Enumerable.Range(0, 6) from j in Enumerable.Range(0, i) select $"{t}{i} -> {t}{j}";
        int ClerkIsWith(string space, bool blind)
        {
            var code = Some.Code(Types(space), [.. uses, "Clerk -> O1 S1", "O5 -> Clerk", "S5 -> Clerk"]);
            var proposal = Workbench.Prepare(code, new ProposalOptions { IsBlind = blind }, CancellationToken.None).Propose(CancellationToken.None);
            var cut = proposal.Find("medium")!.Cut;
            int Of(string name) => cut[proposal.Units.All.Single(u => u.Name == name).Id];
            return Of("Clerk") == Of("O1") ? 1 : Of("Clerk") == Of("S1") ? 2 : 0;
        }

        Assert.Equal((1, 2), (ClerkIsWith("Orders", false), ClerkIsWith("Stock", false)));
        Assert.Equal(ClerkIsWith("Orders", true), ClerkIsWith("Stock", true));
    }

    /// <summary>Words of nodes, separated by blanks; those that begin with a point are places.</summary>
    private static IEnumerable<IEnumerable<SpokenWord>> Say(string words) =>
        words.Split(' ').Select(w => new[] { new SpokenWord(w.TrimStart('.'), w.StartsWith('.')) });

    /// <summary>Nodes 0 to 3 and 5 to 8 hold together, with 9 among the latter, and what else is said.</summary>
    private static WeightedGraph TwoCliques(params (int A, int B, long Weight)[] others)
    {
        var nodes = Math.Max(10, others.Select(o => Math.Max(o.A, o.B) + 1).DefaultIfEmpty(0).Max());
        var graph = new WeightedGraphBuilder(nodes);
        foreach (var first in new[] { 0, 5 })
        {
            for (var i = 0; i < (first == 0 ? 4 : nodes == 10 ? 5 : 4); i++)
            {
                for (var j = 0; j < i; j++)
                {
                    graph.Add(first + i, first + j, 100);
                }
            }
        }

        foreach (var (a, b, weight) in others)
        {
            graph.Add(a, b, weight);
        }

        return graph.Build();
    }
}
