using System.Collections.Concurrent;
using Conway.CodeFacts;
using Conway.Decomposition.Bench;
using Conway.Decomposition.Bench.Baselines;
using Conway.Decomposition.Proposals;
using Conway.Decomposition.Units;
using Conway.Planted;
using Conway.Planted.Truth;

namespace Conway.Decomposition.Tests.Planted;

/// <summary>A planted system as it is read, and how near cuts of it are to what was planted.</summary>
internal sealed class PlantedCode
{
    private static readonly ConcurrentDictionary<PlantedSettings, Lazy<PlantedCode>> Known = new();

    private readonly Lazy<Proposal> _proposal;

    private PlantedCode(PlantedSystem system, Codebase code)
    {
        (System, Code) = (system, code);
        _proposal = new Lazy<Proposal>(() => Propose(code));
    }

    public PlantedSystem System { get; }

    public Codebase Code { get; }

    /// <summary>What is proposed for it without any constraint, made once.</summary>
    public Proposal Proposal => _proposal.Value;

    /// <summary>Read once for all tests that ask for the same.</summary>
    public static PlantedCode Of(PlantedSettings settings) => Known.GetOrAdd(settings, s => new Lazy<PlantedCode>(() => Of(Planter.Plant(s), static files => files))).Value;

    /// <summary>Read after something was done to its files.</summary>
    public static PlantedCode Of(PlantedSystem system, Func<IEnumerable<PlantedFile>, IEnumerable<PlantedFile>> change) =>
        new(system, CodebaseReader.Read(
            new MemorySourceTree("planted", change(system.Files).Select(f => KeyValuePair.Create(f.Path, f.Text))), new CodebaseOptions { Parallelism = 2 }, null, CancellationToken.None));

    public static Proposal Propose(Codebase code, ProposalOptions? options = null) =>
        Workbench.Prepare(code, options ?? new ProposalOptions { IsBlind = true }, CancellationToken.None).Propose(CancellationToken.None);

    /// <summary>The alternative that is recommended.</summary>
    public static Alternative Default(Proposal proposal) => proposal.Find(proposal.Recommended) ?? throw new InvalidOperationException("Nothing is recommended.");

    /// <summary>How near a cut is to the truth.</summary>
    public Score ScoreOf(Proposal proposal) => Score.Of(Default(proposal).Cut, Truth(proposal.Units));

    public Score ScoreOfLouvain()
    {
        var units = UnitTable.Of(Code);
        return Score.Of(Louvain.Cluster(Baseline.Raw(Code, units)), Truth(units));
    }

    /// <summary>The module of each unit; -1 for what belongs to none alone.</summary>
    public int[] Truth(UnitTable units)
    {
        var places = TruthAssignment.Of(System.Truth, Code.Types.Select(t => t.FullName.Split('`')[0])).Places;
        var modules = System.Truth.Services.Index().ToDictionary(s => s.Item.Name, s => s.Index);
        return [.. units.All.Select(u => !u.IsTable && places.TryGetValue(Code.Types[u.Types[0]].FullName.Split('`')[0], out var place) && place.Kind == TruthKind.Owned ? modules[place.Services[0]] : -1)];
    }
}
