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
        var flow = new Flow(blueprint);
        var files = SourceTree.Write(blueprint, flow);
        return new PlantedSystem(
            settings,
            files,
            Truth(blueprint),
            [.. blueprint.Types.Select(t => t.FullName).Order(StringComparer.Ordinal)],
            References(blueprint),
            [.. blueprint.Of(Role.Entity).Select(e => new PlantedEntity(e.FullName, settings.Database ? e.Table : ""))],
            [.. blueprint.Of(Role.Entity).SelectMany(e => e.References.Where(r => r.Use == Use.Navigate).Select(r => new PlantedRelation(e.FullName, r.Target.FullName, r.Target.Name, Blueprint.IsCross(e, r.Target))))],
            [.. blueprint.Of(Role.Controller).SelectMany(c => Actions.Of(c, blueprint, flow)).Select(a => EntryPoint(a, flow))],
            [.. blueprint.Of(Role.Handler).Select(h => new PlantedHandler(h.FullName, h.References.First(r => r.Use == Use.Take).Target.FullName))],
            [.. blueprint.Transactions.Select(t => new PlantedTransaction(t.Service.FullName, t.Method, [.. t.Entities.Select(e => e.FullName)]))],
            [.. blueprint.Joins.Select(j => new PlantedJoin(j.Service.FullName, j.Method, [j.Left.Table, j.Right.Table]))],
            [.. blueprint.Loops.Select(l => new PlantedLoop(l.Service.FullName, l.Method, l.Callee.FullName))],
            HistoryPlanner.Plan(blueprint, files, random));
    }

    private static PlantedEntryPoint EntryPoint(PlannedAction action, Flow flow)
    {
        var (reads, writes) = flow.Effects(action.Controller, action.Method.Name);
        return new PlantedEntryPoint(action.Controller.FullName, action.Method.Name, action.Verb.ToUpperInvariant(), action.Route, [.. reads.Select(e => e.Table)], [.. writes.Select(e => e.Table)]);
    }

    private static TruthFile Truth(Blueprint blueprint) =>
        new(
            "planted",
            [
                .. blueprint.Modules.Select(m => new TruthService(
                    m.Service, $"The planted module '{m.Service}'.", [.. blueprint.Types.Where(t => t.Module == m && t.Outer is null).Select(t => new TypePattern(t.FullName))])),
            ],
            [.. blueprint.Types.Where(t => t.Role == Role.Shared).Select(t => new TypePattern(t.FullName))],
            [.. blueprint.Types.Where(t => t.Role is Role.Technical or Role.Base or Role.Context or Role.Registration or Role.HandlerBase or Role.Dispatcher or Role.Logger).Select(t => new TypePattern(t.FullName))],
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
