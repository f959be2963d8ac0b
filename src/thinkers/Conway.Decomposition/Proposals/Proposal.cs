using System.Collections.Immutable;
using Conway.CodeFacts;
using Conway.CodeFacts.Traces;
using Conway.Decomposition.Linking;
using Conway.Decomposition.Pricing;
using Conway.Decomposition.Units;
using Conway.Findings;

namespace Conway.Decomposition.Proposals;

/// <summary>What a decomposition proposes: several ways of cutting one codebase, each explained and priced on the same sheet.</summary>
/// <remarks>The same facts, constraints and options give the same value, byte for byte, on every machine. Immutable.</remarks>
public sealed record Proposal
{
    /// <summary>The facts it was made from.</summary>
    public required Codebase Code { get; init; }

    /// <summary>What moves as one; ids of units are indexes into it.</summary>
    public required UnitTable Units { get; init; }

    /// <summary>Whether namespaces, folders and projects were hidden.</summary>
    public bool IsBlind { get; init; }

    /// <summary>What each part of a price counts for.</summary>
    public PriceWeights Weights { get; init; } = PriceWeights.Default;

    /// <summary>The role of each unit, by id.</summary>
    public required ImmutableArray<UnitRole> Roles { get; init; }

    /// <summary>What was looked at beside the code, and whether it was believed.</summary>
    public ImmutableArray<ViewUse> Views { get; init; } = [];

    /// <summary>What traces say of how often use cases run, which prices count by; null when there are none.</summary>
    public SeenTraffic? Traffic { get; init; }

    /// <summary>In the order in which they are shown: from few services to many, then data-first and team-first, last the modular monolith. Empty when
    /// constraints contradict each other, or there is nothing to cut.</summary>
    public ImmutableArray<Alternative> Alternatives { get; init; } = [];

    /// <summary>The id of the alternative that is proposed; empty when there is none.</summary>
    public string Recommended { get; init; } = "";

    /// <summary>Ways of cutting that could not be tried, each with what they lack: <c>team-first: needs 'team' lines in the constraints file</c>.</summary>
    public ImmutableArray<NotTried> NotTried { get; init; } = [];

    /// <summary>What is wrong with constraints, and what of the facts is unsure.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>The alternative of that id; null when there is none.</summary>
    public Alternative? Find(string id) => Alternatives.FirstOrDefault(a => a.Id == id);
}

/// <summary>A way of cutting that was left out.</summary>
/// <param name="Id">The id the alternative would have.</param>
/// <param name="Needs">What it lacks, as a person would say it.</param>
public sealed record NotTried(string Id, string Needs);
