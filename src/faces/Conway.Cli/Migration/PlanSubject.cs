using System.Collections.Immutable;
using Conway.Decomposition;
using Conway.Decomposition.Constraining;
using Conway.Decomposition.Proposals;
using Conway.GitFacts;
using Conway.Migration;

namespace Conway.Cli;

/// <summary>What a plan is made from, out of one cut of a proposal. Pure.</summary>
internal static class PlanSubject
{
    /// <param name="proposal">The proposal.</param>
    /// <param name="cut">One of its alternatives.</param>
    /// <param name="constraints">For the teams that they name.</param>
    /// <param name="history">What git tells; null when it was not asked, or tells nothing.</param>
    public static MigrationSubject Of(Proposal proposal, Alternative cut, ConstraintFile constraints, GitHistory? history)
    {
        var (code, units) = (proposal.Code, proposal.Units);

        // What only saves or opens what others stored belongs to each service, wherever the cut found a home for it.
        var doing = code.Accesses.Select(a => units.OfType(code.Members[a.Member].Type)).Concat(code.Entities.Select(e => units.OfType(e.Type))).ToHashSet();
        var answering = code.EntryPoints.Select(e => units.OfType(e.Type)).Concat(code.MessageHandlers.Select(h => units.OfType(h.Handler))).ToHashSet();
        var saving = code.Transactions.Select(t => units.OfType(code.Members[t.Member].Type)).ToHashSet();
        bool IsPlumbing(int unit) => proposal.Roles[unit] is UnitRole.Technical || ((proposal.Roles[unit] is UnitRole.Persistence || saving.Contains(unit)) && !units.All[unit].IsTable && !doing.Contains(unit) && !answering.Contains(unit));
        int Owner(int unit) => cut.Placements[unit].Shared is null && !IsPlumbing(unit) ? cut.Placements[unit].Service : Partition.None;
        var contested = cut.Contested.GroupBy(Owner).ToDictionary(g => g.Key, g => g.Count());
        var teams = constraints.Lines.Select(l => l.Constraint).OfType<OwnedBy>().ToArray();
        var view = new CutView(proposal, cut);
        return new MigrationSubject
        {
            Code = code,
            Cut = cut.Id,
            Services =
            [
                .. cut.Services.Select(s => new CutService
                {
                    Name = s.Name,
                    CodeLines = s.CodeLines,
                    Contested = contested.GetValueOrDefault(s.Id),
                    Teams = teams.Length == 0 ? null : teams.Where(t => t.Types.Any(p => s.Units.Any(u => p.Fits(units.All[u].FullName)))).Select(t => t.Team).Distinct(StringComparer.Ordinal).Count(),
                }),
            ],
            ServiceOfType = [.. code.Types.Select(t => Owner(units.OfType(t.Id)))],
            ServiceOfTable = [.. code.Tables.Select(t => Owner(units.OfTable(t.Id)))],
            Replicated = [.. code.Tables.Where(t => cut.Placements[units.OfTable(t.Id)].Shared is SharedAs.Replicate).Select(t => t.Id)],
            Transactions =
            [
                .. CutFlows.Sagas(view).Select(f => new PartedTransaction(f.Entry.Id, [.. f.Steps.Select(s => new PartedStep(s.Service, s.Member, [.. s.Tables]))])),
            ],
            History = history,
            Traffic = proposal.Traffic,
        };
    }
}
