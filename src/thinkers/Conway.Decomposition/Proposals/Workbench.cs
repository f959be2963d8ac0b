using System.Collections.Immutable;
using Conway.CodeFacts;
using Conway.Decomposition.Constraining;
using Conway.Decomposition.Pricing;
using Conway.Findings;

namespace Conway.Decomposition.Proposals;

/// <summary>A codebase ready to be cut again and again: facts are weighed once, and each edit of the constraints is answered quickly.</summary>
/// <remarks>Not safe for use by several threads at once.</remarks>
public sealed class Workbench
{
    private const double PriceResolution = 1;

    private readonly Codebase _code;
    private readonly ProposalOptions _options;
    private readonly Cutter _cutter;
    private readonly CutSubject _subject;
    private readonly ImmutableArray<Level> _top;
    private readonly ImmutableArray<Level> _below;
    private readonly HashSet<int> _doing;
    private readonly Dictionary<string, PriceTable> _tables = [];
    private readonly Dictionary<Partition, Partition> _spoken = [];
    private AlternativeMaker? _last;

    private Workbench(Codebase code, ProposalOptions options, Cutter cutter, CancellationToken cancellation)
    {
        (_code, _options, _cutter) = (code, options, cutter);
        (_top, _below) = (Level.FromTop(cutter, cancellation), Level.FromBelow(cutter, cancellation));
        _subject = CutSubject.Of(code, cutter.Units, options.Traffic);
        _doing = UnitRoles.Doing(code, cutter.Units);
    }

    /// <summary>Weighs the facts: links, what is shared, and how the rest comes apart.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Workbench Prepare(Codebase code, ProposalOptions options, CancellationToken cancellation) => Prepare(code, options, cancellation, null);

    /// <param name="sharedModel">Other weights of the model of what is shared, for measuring; null for the usual ones.</param>
    internal static Workbench Prepare(Codebase code, ProposalOptions options, CancellationToken cancellation, IReadOnlyList<double>? sharedModel)
    {
        cancellation.ThrowIfCancellationRequested();
        var cutter = Cutter.Of(code, options.History, (!options.IsAnonymous, !options.IsBlind && !options.IsAnonymous), options.Links, sharedModel);
        return new Workbench(code, options, cutter, cancellation);
    }

    /// <summary>The proposal with the constraints of the options.</summary>
    public Proposal Propose(CancellationToken cancellation) => Propose(_options.Constraints, _options.ConstraintsPath, cancellation);

    /// <summary>The proposal with these constraints.</summary>
    /// <param name="constraints">What must hold. When its lines contradict each other, nothing is proposed, and a finding names the fewest that do.</param>
    /// <param name="path">How findings name the file.</param>
    /// <param name="cancellation">Ends it between two alternatives.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Proposal Propose(ConstraintFile constraints, string path, CancellationToken cancellation)
    {
        var bound = BoundConstraints.Of(constraints, _cutter.Units, path, out var problems);
        ImmutableArray<Finding> findings = [.. constraints.Findings, .. problems];
        var groups = ConstraintGroups.TryOf(bound.All, _cutter.Units.Count);
        if (groups is null)
        {
            return Empty([.. findings, Contradiction.Find(bound, _cutter.Units.Count, path)!]);
        }

        var maker = new AlternativeMaker(_code, _cutter, _subject, _options, _doing, bound, groups, PriceResolution);
        var (alternatives, notTried, unmet) = Cuts(maker, groups, cancellation);
        _tables.Clear();
        _last = maker;
        return new Proposal
        {
            Code = _code,
            Units = _cutter.Units,
            IsBlind = _options.IsBlind,
            Weights = _options.Prices,
            Roles = maker.Roles,
            Views = _cutter.Views,
            Traffic = _options.Traffic,
            Alternatives = Pareto.Mark(alternatives),
            Recommended = alternatives.FirstOrDefault(a => a.Id == "medium")?.Id ?? alternatives.FirstOrDefault()?.Id ?? "",
            NotTried = notTried,
            Findings = [.. findings, .. unmet.Distinct().Select(u => Unmet(u, path, bound))],
        };
    }

    /// <summary>What moving one unit into another service, with all that constraints hold together with it, would do to the price of an alternative of the last
    /// proposal.</summary>
    /// <param name="alternative">One of the last proposal.</param>
    /// <param name="unit">Its id.</param>
    /// <param name="service">A service of the alternative; <see cref="Partition.None"/> takes the unit out.</param>
    /// <exception cref="InvalidOperationException">Nothing was proposed yet.</exception>
    public MovePrice PriceOf(Alternative alternative, int unit, int service)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(unit);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(unit, _cutter.Units.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(service, Partition.None);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(service, alternative.Services.Length);
        if (!_tables.TryGetValue(alternative.Id, out var table))
        {
            _tables[alternative.Id] = table = (_last ?? throw new InvalidOperationException("Nothing was proposed yet.")).TableOf(alternative);
        }

        var (before, after) = (table.Price, table.IfMoved(_last!.Held.With(unit).AsSpan(), service));
        return new MovePrice(before, after, before.Total(_options.Prices), after.Total(_options.Prices));
    }

    private (ImmutableArray<Alternative> Made, ImmutableArray<NotTried> Not, IEnumerable<string> Unmet) Cuts(AlternativeMaker maker, ConstraintGroups groups, CancellationToken cancellation)
    {
        var made = ImmutableArray.CreateBuilder<Alternative>();
        var not = ImmutableArray.CreateBuilder<NotTried>();
        var unmet = new List<string>();
        var (coarse, medium, fine) = LevelChoice.Of(_top, _below, groups.Services);
        if (medium is null)
        {
            return ([], [new("medium", "types that use each other; there are none")], []);
        }

        Make(coarse, "coarse", "few services", "The graph of uses is taken apart where it comes apart most easily, and no further.");
        Make(medium, "medium", "as the code comes apart", "The graph of uses is taken apart as long as each further service raises modularity by enough.");
        Make(fine, "fine", "many services", "The graph of uses is taken apart into more services than the code asks for by itself.");
        if (_subject.Stored.Count(u => !maker.IsShared(u)) is var stored && stored < DataFirst.StoredMin)
        {
            not.Add(new("data-first", stored == 0 ? "entities or tables; none was found" : $"at least {DataFirst.StoredMin} entities or tables; {stored} {(stored == 1 ? "was" : "were")} found"));
        }
        else
        {
            var data = _cutter.Home(DataFirst.Of(_code, _cutter.Units, _subject, maker.IsShared));
            if (data.Count > 1)
            {
                Add(maker.Make("data-first", "by data", "Entities and tables are put together by what refers to, joins and writes them; everything else follows its data.", data));
            }
            else
            {
                not.Add(new("data-first", "data that comes apart; everything stored refers to everything else"));
            }
        }

        if (maker.Teams.Count < 2)
        {
            not.Add(new("team-first", "'team' lines of at least two teams in the constraints file"));
        }
        else
        {
            Add(maker.Make("team-first", "by team", "What teams own comes first, a service a team; everything else follows what it uses.", _cutter.Home(maker.TeamAnchors())));
        }

        if (groups.Services.Least <= 1 && groups.Apart.Count == 0)
        {
            Add(maker.Make("monolith", "one modular monolith", "Nothing is split: boundaries inside one program, one database, one release.", Partition.Of(new int[_cutter.Units.Count]), isWhole: true));
        }
        else
        {
            not.Add(new("monolith", "constraints that allow one service"));
        }

        return (made.ToImmutable(), not.ToImmutable(), unmet);

        void Make(Level? level, string id, string title, string how)
        {
            cancellation.ThrowIfCancellationRequested();
            if (level is not null)
            {
                Add(maker.Make(id, title, how, Spoken(level.Cut)));
            }
        }

        void Add((Alternative Alternative, IEnumerable<string> Unmet) one)
        {
            cancellation.ThrowIfCancellationRequested();
            if (one.Alternative.Id is "medium" or "monolith" || !made.Any(m => m.Cut.Equals(one.Alternative.Cut)))
            {
                made.Add(one.Alternative);
                unmet.AddRange(one.Alternative.Id == "monolith" ? [] : one.Unmet);
            }
        }
    }

    /// <summary>A level with single units moved by words: reckoned once, since edits choose the same levels again and again.</summary>
    private Partition Spoken(Partition cut) => _spoken.TryGetValue(cut, out var spoken) ? spoken : _spoken[cut] = _cutter.Speak(cut);

    private static Finding Unmet(string what, string path, BoundConstraints bound) => new()
    {
        Rule = DecompositionFindings.NotMet,
        Message = $"No cut was found that meets {what}.",
        Mend = "Change that line, or one of those that keep types together or apart.",
        Place = new SourceSpan(path, bound.All.LastOrDefault(c => what.StartsWith(c.Constraint.Text.Split(' ')[0], StringComparison.Ordinal))?.Line ?? 1, 1, 1),
    };

    private Proposal Empty(ImmutableArray<Finding> findings) => new()
    {
        Code = _code,
        Units = _cutter.Units,
        IsBlind = _options.IsBlind,
        Weights = _options.Prices,
        Roles = UnitRoles.Of(_code, _cutter.Units, u => _cutter.Shared[u].IsShared),
        Findings = findings,
    };
}
