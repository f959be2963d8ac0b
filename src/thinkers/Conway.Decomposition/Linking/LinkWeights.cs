using Conway.CodeFacts;

namespace Conway.Decomposition.Linking;

/// <summary>What each kind of evidence counts for when units are drawn together.</summary>
/// <remarks>The numbers of kinds were tried against known modularisations; <c>benchmarks/decomposition</c> measures it.</remarks>
public sealed record LinkWeights
{
    /// <summary>The weights used unless somebody says otherwise.</summary>
    public static LinkWeights Default { get; } = new();

    /// <summary>Weights are multiplied by this and rounded, so that sums are whole numbers.</summary>
    internal const int Scale = 10_000;

    /// <summary>Two entities that refer to each other. Default 0.2: the code that does so is counted already.</summary>
    /// <remarks>Modules of real systems share data more than code: with ten times these weights for data, cuts of 26 systems were further from their
    /// modules. What data that is parted costs is the business of prices.</remarks>
    public double Relation { get; init; } = 0.2;

    /// <summary>Two tables that a query joins. Default 0.1.</summary>
    public double Join { get; init; } = 0.1;

    /// <summary>A member reads a table. Default 0.1; twice that for a write.</summary>
    public double Access { get; init; } = 0.1;

    /// <summary>Two entities that one use case writes. Default 0.2, shared among all that it writes.</summary>
    public double WrittenTogether { get; init; } = 0.2;

    /// <summary>Files that changed together, as a share of what the code itself weighs. Default 0.25; only when they agree with the code.</summary>
    public double History { get; init; } = 0.25;

    /// <summary>From which agreement on evidence beside the code is used. Default 0.6.</summary>
    public double AgreementMin { get; init; } = 0.6;

    /// <summary>What one use of a kind counts.</summary>
    public double Of(EdgeKind kind) => kind switch
    {
        EdgeKind.Base or EdgeKind.Registration or EdgeKind.Request => 3,
        EdgeKind.Field => 2.5,
        EdgeKind.Call or EdgeKind.New => 2,
        EdgeKind.Signature => 1.5,
        EdgeKind.Mention => 1,

        // An event is how modules that are already apart speak, and an attribute is how all speak to a framework.
        EdgeKind.Event or EdgeKind.Attribute => 0.3,
        _ => 0,
    };
}
