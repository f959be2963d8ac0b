using Conway.Decomposition.Comparing;
using Conway.Decomposition.Graphs;
using Conway.Decomposition.Proposals;

namespace Conway.Decomposition.Bench;

/// <summary>How alike a cut stays when part of what is known of the code is lost.</summary>
internal static class Stability
{
    private const int PercentLost = 5;
    private static readonly ulong[] Seeds = [1, 2, 3];

    /// <summary>Prints, for each system, the adjusted Rand index between its default cut and that of the same facts with some edges gone.</summary>
    public static void Print(IReadOnlyCollection<Subject> subjects)
    {
        Console.WriteLine($"{PercentLost} % of edges dropped; adjusted Rand index to the cut with all, by seed");
        var all = new List<double>();
        foreach (var subject in subjects)
        {
            var whole = Cut(subject);
            var found = Seeds.Select(seed => RandIndex.Adjusted(whole, Cut(Dropped(subject, seed)))).ToArray();
            all.AddRange(found);
            Console.WriteLine($"{subject.Name,-28} {string.Join("  ", found.Select(a => a.ToString("F2")))}  mean {found.Average():F2}");
        }

        Console.WriteLine($"{"mean",-28} {all.Average():F2}  least {all.Min():F2}");
    }

    private static Subject Dropped(Subject subject, ulong seed)
    {
        var bits = new SeededBits(seed);
        return subject with { Code = subject.Code with { Edges = [.. subject.Code.Edges.Where(_ => bits.Below(100) >= PercentLost)] } };
    }

    /// <summary>The default cut by full names of types, so that units may be in another order; those in none are services of one.</summary>
    private static Partition Cut(Subject subject)
    {
        var proposal = Workbench.Prepare(subject.Code, new ProposalOptions { IsBlind = true }, CancellationToken.None).Propose(CancellationToken.None);
        var cut = proposal.Find(proposal.Recommended)!.Cut;
        var alone = cut.Count;
        return Partition.Of([.. proposal.Units.All.OrderBy(u => u.FullName, StringComparer.Ordinal).ThenBy(u => u.Place).Select(u => cut[u.Id] == Partition.None ? alone++ : cut[u.Id])]);
    }
}
