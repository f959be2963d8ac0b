using Conway.Model;

namespace Conway.Diagrams.Views;

/// <summary>The context map (Evans, Domain-Driven Design, 2003): an arrow leads from the downstream context to the upstream one, which it depends on.</summary>
/// <remarks>Dependencies that the map does not know or that lead against it are drawn, too: a map that hides them would say less than the calls do.</remarks>
internal static class ContextMapView
{
    public static Diagram Of(SystemModel model, string? environment, string name)
    {
        var related = model.Contexts.SelectMany(context => context.Value.Upstream.Where(one => one.Context != context.Key && model.Contexts.ContainsKey(one.Context)).Select(one => (Down: context.Key, Up: one.Context, one.As))).ToArray();
        var told = related.SelectMany(one => new[] { (one.Down, one.Up), (Down: one.Up, Up: one.Down) }).ToHashSet();
        var allowed = related.Where(one => one.As != ContextPattern.SeparateWays).SelectMany(one => IsSymmetric(one.As) ? new[] { (one.Down, one.Up), (Down: one.Up, Up: one.Down) } : [(one.Down, one.Up)]).ToHashSet();
        return new Picture("context-map", $"{model.System}: context map", [], [.. model.Contexts.Select(context => BoxOf(context.Key, context.Value))],
            [
                .. related.Select(one => new Arrow(Declared.ContextId(one.Down), Declared.ContextId(one.Up), Pattern(one.As), IsSymmetric(one.As) ? ArrowKind.Mutual : ArrowKind.Waits)),
                .. Dependencies(model).Where(one => !allowed.Contains((one.Down, one.Up))).GroupBy(one => (one.Down, one.Up))
                    .Select(group => new Arrow(Declared.ContextId(group.Key.Down), Declared.ContextId(group.Key.Up), told.Contains(group.Key) ? "against the map" : "not on the map", ArrowKind.Sends)),
            ]);
    }

    private static Box BoxOf(string name, BoundedContext context) => new(
        Declared.ContextId(name), name, BoxKind.Context, $"{(context.Kind is { } kind ? kind.ToString().ToLowerInvariant() + " " : "")}context",
        [.. new[] { context.Capability is { } capability ? $"realises {capability}" : "", context.Team is { } team ? $"team {team}" : "" }.Where(line => line.Length > 0), .. Declared.About(context.Description)], null);

    private static IEnumerable<(string Down, string Up)> Dependencies(SystemModel model)
    {
        // Who consumes an event depends on who defines it.
        var pairs = Declared.Calls(model).Select(call => (call.From, call.To)).Concat(Declared.Events(model).Select(sent => (From: sent.To, To: sent.From)));
        var contexts = model.Services.Where(one => one.Value.Context is { } context && model.Contexts.ContainsKey(context))
            .ToDictionary(one => Declared.ServiceId(one.Key), one => one.Value.Context!, StringComparer.Ordinal);
        return pairs.Where(pair => contexts.ContainsKey(pair.From) && contexts.ContainsKey(pair.To)).Select(pair => (Down: contexts[pair.From], Up: contexts[pair.To])).Where(pair => pair.Down != pair.Up);
    }

    private static bool IsSymmetric(ContextPattern pattern) => pattern is ContextPattern.Partnership or ContextPattern.SharedKernel or ContextPattern.SeparateWays;

    private static string Pattern(ContextPattern pattern) => pattern switch
    {
        ContextPattern.Partnership => "partnership",
        ContextPattern.SharedKernel => "shared kernel",
        ContextPattern.CustomerSupplier => "customer/supplier",
        ContextPattern.Conformist => "conformist",
        ContextPattern.AntiCorruptionLayer => "anti-corruption layer",
        ContextPattern.OpenHost => "open host service",
        ContextPattern.PublishedLanguage => "published language",
        _ => "separate ways",
    };
}
