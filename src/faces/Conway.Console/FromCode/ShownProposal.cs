using Conway.Console.Api;
using Conway.Console.FromNode;
using Conway.Decomposition.Constraining;
using Conway.Decomposition.Pricing;
using Conway.Decomposition.Proposals;

namespace Conway.Console.FromCode;

/// <summary>A proposal in the words of the API.</summary>
internal static class ShownProposal
{
    public static DecompositionOverview Of(
        Proposal proposal, int revision, ConstraintFile file, string shown, IReadOnlyList<Conway.Findings.Finding> findings, bool holds, string? undo, string? trouble)
    {
        var (code, coverage) = (proposal.Code, proposal.Code.Coverage);
        return new(
            code.Name, revision, proposal.Recommended,
            new(coverage.Files, coverage.Lines, code.Types.Length, code.Tables.Length, code.EntryPoints.Length, code.UseCases.Length, coverage.NamesShare, coverage.CallsShare),
            [
                .. proposal.Alternatives.Select(a => new DecompositionAlternative(
                    a.Id, a.Title, a.How, a.Total, Parts(a.Price, proposal.Weights), a.IsPareto, a.Services.Length, a.Contested.Length, a.Placements.Count(p => p.Shared is not null))),
            ],
            [.. proposal.NotTried.Select(n => new DecompositionLeftOut(n.Id, n.Needs))],
            shown,
            [.. file.Lines.Select(l => new DecompositionLine(l.Number, l.Written, l.Constraint is not null))],
            [.. findings.OrderByDescending(f => f.Severity).Select(f => ShownFindings.Of(f, null))],
            holds, undo, trouble);
    }

    /// <summary>In the order in which they are shown. What is held together is taken off.</summary>
    public static IReadOnlyList<DecompositionPricePart> Parts(Price price, PriceWeights weights) =>
    [
        new("distributedTransactions", price.DistributedTransactions, weights.DistributedTransactions),
        new("sharedTables", price.SharedTables, weights.SharedTables),
        new("synchronousCalls", price.SynchronousCalls, weights.SynchronousCalls),
        new("foreignKeys", price.ForeignKeys, weights.ForeignKeys),
        new("joins", price.Joins, weights.Joins),
        new("size", price.Size, weights.Size),
        new("team", price.Team, weights.Team),
        new("modularity", price.Modularity, -weights.Modularity),
    ];
}
