using Conway.CodeFacts.Traces;
using Conway.Decomposition.Constraining;
using Conway.Decomposition.Linking;
using Conway.Decomposition.Pricing;
using Conway.GitFacts;

namespace Conway.Decomposition.Proposals;

/// <summary>What a person chose for a proposal.</summary>
public sealed record ProposalOptions
{
    /// <summary>What must hold.</summary>
    public ConstraintFile Constraints { get; init; } = ConstraintFile.Empty;

    /// <summary>How findings name the file of constraints.</summary>
    public string ConstraintsPath { get; init; } = "constraints.txt";

    /// <summary>Hides namespaces, folders and projects, so that a cut can be compared with them. Names of types are seen.</summary>
    /// <remarks>Folders and projects are never looked at; namespaces are, where the code agrees with them.</remarks>
    public bool IsBlind { get; init; }

    /// <summary>Hides names of types, too.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>Null when there is none.</summary>
    public GitHistory? History { get; init; }

    /// <summary>What traces say of how often use cases run; null when there are none.</summary>
    public SeenTraffic? Traffic { get; init; }

    /// <summary>What evidence counts for.</summary>
    public LinkWeights Links { get; init; } = LinkWeights.Default;

    /// <summary>What parts of a price count for.</summary>
    public PriceWeights Prices { get; init; } = PriceWeights.Default;
}
