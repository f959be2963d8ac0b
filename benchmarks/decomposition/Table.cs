using System.Diagnostics;
using Conway.Decomposition.Bench.Baselines;
using Conway.Decomposition.Proposals;

namespace Conway.Decomposition.Bench;

/// <summary>Runs every method on every system, and prints how near each came.</summary>
internal static class Table
{
    /// <param name="sighted">Namespaces may be looked at.</param>
    /// <param name="weightsFor">Weights of the model of what is shared, fitted without that system; null for those in the source.</param>
    public static void Print(Subject[] subjects, bool baselines, bool anonymous, bool sighted, bool verbose, Func<int, double[]>? weightsFor)
    {
        var rows = new Dictionary<string, List<Score>>();
        var losses = 0;
        for (var i = 0; i < subjects.Length; i++)
        {
            var subject = subjects[i];
            var began = Stopwatch.StartNew();
            var options = new ProposalOptions { IsBlind = !sighted, IsAnonymous = anonymous };
            var bench = Workbench.Prepare(subject.Code, options, CancellationToken.None, weightsFor?.Invoke(i));
            var proposal = bench.Propose(CancellationToken.None);
            var (first, units) = (began.Elapsed, proposal.Units);
            began.Restart();
            bench.Propose(CancellationToken.None);
            var truth = subject.Truth.OfUnits(units);
            var scores = proposal.Alternatives.Where(a => a.Id != "monolith").ToDictionary(a => a.Id, a => Score.Of(a.Cut, truth));
            var chosen = scores.GetValueOrDefault(proposal.Recommended);
            Add("default", chosen);
            var shown = scores.Where(s => s.Key is "coarse" or "medium" or "fine").Select(s => s.Value).ToArray();
            Add("best of 3", shown.MaxBy(s => s.MoJoFm) with { Ari = shown.Max(s => s.Ari), Ami = shown.Max(s => s.Ami) });
            if (verbose)
            {
                var (contested, wrong) = Contested(proposal.Find(proposal.Recommended)!, truth);
                Console.WriteLine($"{subject.Name,-28} K {subject.Truth.Modules.Length,3}  units {units.Count,5}  {first.TotalSeconds,5:F1} s, again {began.Elapsed.TotalSeconds:F2} s  {chosen}   {string.Join("  ", scores.Select(s => $"{s.Key} {s.Value.MoJoFm:F1}/{s.Value.Ari:F2}"))}  contested {contested:F2}, of wrong ones {wrong:F2}");
            }

            foreach (var baseline in baselines ? Baseline.All : [])
            {
                var score = Score.Of(baseline.Cut(subject.Code, units, subject.Truth.Modules.Length), truth);
                Add(baseline.Name, score);
                if (baseline.Name.StartsWith("Louvain", StringComparison.Ordinal))
                {
                    // Never worse than the plainest method, beyond what chance does.
                    losses += score.MoJoFm > chosen.MoJoFm + 1 || score.Ari > chosen.Ari + 0.01 ? 1 : 0;
                    if (verbose)
                    {
                        Console.WriteLine($"{"",-28} Louvain {score}");
                    }
                }
            }
        }

        if (baselines)
        {
            Console.WriteLine($"systems on which raw Louvain is better by over 1 point or .01: {losses}");
        }

        Console.WriteLine($"{"mean of " + subjects.Length,-28} MoJoFM ARI AMI");
        foreach (var (name, scores) in rows)
        {
            Console.WriteLine($"{name,-28} {Score.Mean(scores)}   worst {scores.Min(s => s.MoJoFm):F1}/{scores.Min(s => s.Ari):F2}  median {Median(scores.Select(s => s.MoJoFm)):F1}/{Median(scores.Select(s => s.Ari)):F2}");
        }

        void Add(string name, Score score) => (rows.TryGetValue(name, out var list) ? list : rows[name] = []).Add(score);
    }

    /// <summary>Shares of contested units among all with a module, and among those that are not with the module that most of their service have.</summary>
    private static (double Contested, double Wrong) Contested(Alternative cut, int[] truth)
    {
        var known = Enumerable.Range(0, truth.Length).Where(u => truth[u] >= 0 && cut.Cut[u] != Partition.None).ToArray();
        var most = known.GroupBy(u => cut.Cut[u]).ToDictionary(g => g.Key, g => g.GroupBy(u => truth[u]).MaxBy(m => m.Count())!.Key);
        var wrong = known.Where(u => most[cut.Cut[u]] != truth[u]).ToArray();
        var contested = cut.Contested.ToHashSet();
        return ((double)known.Count(contested.Contains) / Math.Max(1, known.Length), (double)wrong.Count(contested.Contains) / Math.Max(1, wrong.Length));
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? 0 : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
