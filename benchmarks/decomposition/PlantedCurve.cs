using Conway.CodeFacts;
using Conway.Decomposition.Bench.Baselines;
using Conway.Decomposition.Bench.Truths;
using Conway.Decomposition.Proposals;
using Conway.Planted;
using Conway.Planted.Truth;

namespace Conway.Decomposition.Bench;

/// <summary>How near cuts come to planted modules, the more these refer to each other.</summary>
/// <remarks>Planted modules are cleaner than those of people: what this shows is where a method gives way, not how good it is.</remarks>
internal static class PlantedCurve
{
    private static readonly ulong[] Seeds = [1, 2, 3];

    /// <param name="modules">Of each system.</param>
    /// <param name="types">Types of each module, about.</param>
    public static void Print(int modules, int types)
    {
        Console.WriteLine($"{modules} modules of about {types} types; mean of {Seeds.Length} systems: MoJoFM/ARI (services)");
        Console.WriteLine($"{"cross",5}  {"default",-18} {"best of 3",-18} {"Louvain, raw",-18}");
        for (var percent = 0; percent <= 45; percent += 5)
        {
            var scores = Seeds.Select(seed => Scores(new PlantedSettings { Seed = seed, Modules = modules, TypesPerModule = types, CrossReferences = percent, Commits = 0 })).ToArray();
            Console.WriteLine($"{percent,3} %  {Say(scores.Select(s => s.Default)),-18} {Say(scores.Select(s => s.Best)),-18} {Say(scores.Select(s => s.Louvain)),-18}");
        }
    }

    private static (Score Default, Score Best, Score Louvain) Scores(PlantedSettings settings)
    {
        var system = Planter.Plant(settings);
        var code = CodebaseReader.Read(new MemorySourceTree("planted", system.Files.Select(f => KeyValuePair.Create(f.Path, f.Text))), new CodebaseOptions(), null, CancellationToken.None);
        var proposal = Workbench.Prepare(code, new ProposalOptions { IsBlind = true }, CancellationToken.None).Propose(CancellationToken.None);
        var truth = TruthOf(system, code).OfUnits(proposal.Units);
        var shown = proposal.Alternatives.Where(a => a.Id is "coarse" or "medium" or "fine").Select(a => Score.Of(a.Cut, truth)).ToArray();
        return (Score.Of(proposal.Find(proposal.Recommended)!.Cut, truth), shown.MaxBy(s => s.Ari), Score.Of(Louvain.Cluster(Baseline.Raw(code, proposal.Units)), truth));
    }

    private static Truth TruthOf(PlantedSystem system, Codebase code)
    {
        var places = TruthAssignment.Of(system.Truth, code.Types.Select(NameOf)).Places;
        string[] modules = [.. system.Truth.Services.Select(s => s.Name)];
        return new Truth([.. modules], [.. code.Types.Select(t => places.TryGetValue(NameOf(t), out var place) && place.Kind == TruthKind.Owned ? Array.IndexOf(modules, place.Services[0]) : -1)]);
    }

    private static string NameOf(CodeType type) => type.FullName.Split('`')[0];

    private static string Say(IEnumerable<Score> scores)
    {
        var mean = Score.Mean([.. scores]);
        return $"{mean.MoJoFm,5:F1}/{mean.Ari:F2} ({mean.Clusters})";
    }
}
