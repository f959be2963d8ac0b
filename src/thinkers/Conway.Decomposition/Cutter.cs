using System.Collections.Immutable;
using Conway.CodeFacts;
using Conway.Decomposition.Clustering;
using Conway.Decomposition.Graphs;
using Conway.Decomposition.Homes;
using Conway.Decomposition.Linking;
using Conway.Decomposition.Naming;
using Conway.Decomposition.Sharing;
using Conway.Decomposition.Splitting;
using Conway.Decomposition.Units;
using Conway.GitFacts;

namespace Conway.Decomposition;

/// <summary>A codebase made ready for cutting: units, links, what is shared, and how the rest comes apart. Every cut comes from here.</summary>
/// <remarks>Reading the facts once and cutting many times is what makes a cut after an edit quick. Not safe for use by several threads.</remarks>
public sealed class Cutter
{
    /// <summary>Clusters with fewer units are taken up by others.</summary>
    private const int ServiceMin = 3;

    /// <summary>At which resolution the code's own communities are found that other views are held against.</summary>
    private const double GateResolution = 0.5;

    /// <summary>At which resolution single units are moved to where they are tied more.</summary>
    private const double PolishResolution = 0.8;

    private readonly SplitTree _tree;
    private readonly bool _usePlaces;
    private (Partition Raw, Partition Settled)? _last;

    private Cutter(Codebase code, UnitTable units, LinkTable links, ImmutableArray<SharedVerdict> shared, (bool Names, bool Places) uses, ImmutableArray<ViewUse> views)
    {
        (Code, Units, Links, Shared, Views) = (code, units, links, shared, views);
        (UseNames, _usePlaces) = uses;
        All = links.Graph(static _ => true);
        Own = OwnGraph(links, shared);
        _tree = new SplitTree(Own, unit => !shared[unit].IsShared);
    }

    public Codebase Code { get; }

    public UnitTable Units { get; }

    public LinkTable Links { get; }

    /// <summary>A verdict for each unit.</summary>
    public ImmutableArray<SharedVerdict> Shared { get; }

    /// <summary>What was looked at beside the code, and whether it was believed.</summary>
    public ImmutableArray<ViewUse> Views { get; }

    /// <summary>Whether names of types were looked at.</summary>
    public bool UseNames { get; }

    /// <summary>All ties between units.</summary>
    public WeightedGraph All { get; }

    /// <summary>The ties between units that are not shared, each the less the likelier one of the two is.</summary>
    public WeightedGraph Own { get; }

    /// <param name="code">The facts.</param>
    /// <param name="history">Null when there is none.</param>
    /// <param name="useNames">Whether names of types may be looked at.</param>
    /// <param name="weights">What evidence counts for.</param>
    public static Cutter Of(Codebase code, GitHistory? history, bool useNames, LinkWeights weights) => Of(code, history, (useNames, false), weights, null);

    /// <param name="code">The facts.</param>
    /// <param name="history">Null when there is none.</param>
    /// <param name="uses">Whether names of types, and beside them namespaces, may be looked at.</param>
    /// <param name="weights">What evidence counts for.</param>
    /// <param name="sharedModel">Other weights of the model of what is shared, for measuring; null for the usual ones.</param>
    internal static Cutter Of(Codebase code, GitHistory? history, (bool Names, bool Places) uses, LinkWeights weights, IReadOnlyList<double>? sharedModel)
    {
        var units = UnitTable.Of(code, uses.Names);
        var links = LinkTable.Of(code, units, weights);
        var shared = SharedUnits.Of(code, units, links, uses.Names, sharedModel ?? SharedModel.Weights);
        if (history is null)
        {
            return new Cutter(code, units, links, shared, uses, []);
        }

        var communities = Consensus.Of(OwnGraph(links, shared), GateResolution);
        var pairs = HistoryView.Of(code, units, history);
        var agreement = ViewUse.AgreementOf(pairs, communities);
        var isUsed = agreement >= weights.AgreementMin && weights.History > 0;
        return new Cutter(code, units, isUsed ? links.With(pairs, EvidenceKind.History, weights.History) : links, shared, uses, [new(EvidenceKind.History, agreement, isUsed)]);
    }

    /// <summary>A cut where everything is split that comes apart at less than this conductance. Shared units have the home that they are tied to most.</summary>
    public Partition Cut(double conductanceMax)
    {
        var raw = _tree.Cut(conductanceMax);
        if (_last is not { } last || !last.Raw.Equals(raw))
        {
            _last = last = (raw, Settle(Partition.Of([.. raw.Labels.ToArray().Select(l => l != Partition.None && raw.Sizes[l] >= ServiceMin ? l : Partition.None)])));
        }

        return last.Settled;
    }

    private static WeightedGraph OwnGraph(LinkTable links, ImmutableArray<SharedVerdict> shared) => links.Graph(l => shared[l.From].Share * shared[l.To].Share);

    /// <summary>Moves single units to where they are tied more, and gives a home to those without.</summary>
    private Partition Settle(Partition cut)
    {
        // Polishing needs every unit in a cluster: those without are alone for as long as it takes.
        var alone = cut.Count;
        var polished = Leiden.Polish(Own, Partition.Of([.. cut.Labels.ToArray().Select(l => l == Partition.None ? alone++ : l)]), PolishResolution, seed: 1);
        var kept = Partition.Of([.. Enumerable.Range(0, Units.Count).Select(u => polished.Sizes[polished[u]] < ServiceMin ? Partition.None : polished[u])]);
        return Home(kept);
    }

    /// <summary>Moves single units to where their ties and the words of their names are; the same cut where no names are looked at.</summary>
    internal Partition Speak(Partition cut) => UseNames ? WordMoves.Run(Own, Units.All.Select(WordsOf), cut) : cut;

    private IEnumerable<SpokenWord> WordsOf(CodeUnit unit)
    {
        var names = Words(unit.Name, false);
        return _usePlaces && !unit.IsTable ? names.Concat(Words(Code.Types[unit.Types[0]].Namespace, true)) : names;

        static IEnumerable<SpokenWord> Words(string name, bool isPlace) => NameWords.Of(name).Where(w => !TechnicalWords.Contains(w)).Select(w => new SpokenWord(w, isPlace));
    }

    /// <summary>Gives a home to units without: where they are tied most, else where the same things are spoken of.</summary>
    internal Partition Home(Partition cut)
    {
        var near = NearestHome.Fill(All, cut);
        return UseNames ? NamedHome.Fill(Units, near) : near;
    }
}
