using Conway.Planted.Code;
using Conway.Planted.Design;
using Conway.Planted.History;
using Conway.Planted.Truth;

namespace Conway.Planted;

/// <summary>Plants systems whose right cut is known, so that what finds cuts can be measured on more than the few systems that somebody has labelled.</summary>
public static class Planter
{
    /// <exception cref="ArgumentException">A setting is out of its bounds.</exception>
    public static PlantedSystem Plant(PlantedSettings settings)
    {
        settings.Check();
        var random = new SplitMix(settings.Seed);
        var blueprint = Architect.Draw(settings, random);
        var files = SourceTree.Write(blueprint);
        return new PlantedSystem(
            settings,
            files,
            Truth(blueprint),
            References(blueprint),
            [.. blueprint.Transactions.Select(t => new PlantedTransaction(t.Service.FullName, t.Method, [.. t.Entities.Select(e => e.FullName)]))],
            [.. blueprint.Joins.Select(j => new PlantedJoin(j.Service.FullName, j.Method, [j.Left.Table, j.Right.Table]))],
            [.. blueprint.Loops.Select(l => new PlantedLoop(l.Service.FullName, l.Method, l.Callee.FullName))],
            HistoryPlanner.Plan(blueprint, files, random));
    }

    private static TruthFile Truth(Blueprint blueprint) =>
        new(
            "planted",
            [
                .. blueprint.Modules.Select(m => new TruthService(
                    m.Service, $"The planted module '{m.Service}'.", [.. blueprint.Types.Where(t => t.Module == m && t.Outer is null).Select(t => new TypePattern(t.FullName))])),
            ],
            [.. blueprint.Types.Where(t => t.Role == Role.Shared).Select(t => new TypePattern(t.FullName))],
            [.. blueprint.Types.Where(t => t.Role is Role.Technical or Role.Base or Role.Context or Role.Registration).Select(t => new TypePattern(t.FullName))],
            [
                .. blueprint.Types.Where(t => t.Role == Role.Contested)
                    .Select(t => new ContestedType(new TypePattern(t.FullName), [.. t.Claimants.Select(m => m.Service)], "It uses both alike, and both use it.")),
            ]);

    private static IReadOnlyList<PlantedReference> References(Blueprint blueprint) =>
    [
        .. blueprint.Types.Where(t => t.IsBusiness)
            .SelectMany(t => t.References.Where(r => r.Target.IsBusiness).Select(r => new PlantedReference(t.FullName, r.Target.FullName, Blueprint.IsCross(t, r.Target))))
            .OrderBy(r => r.From, StringComparer.Ordinal).ThenBy(r => r.To, StringComparer.Ordinal),
    ];
}
