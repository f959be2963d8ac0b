using Conway.Model;

namespace Conway.Diagrams.Views;

/// <summary>C4, level 2: what runs and what keeps data, in bounded contexts, and who calls whom.</summary>
internal static class ContainerView
{
    public static Diagram Of(SystemModel model, string? environment, string name)
    {
        var users = Declared.Users(model).ToArray();
        var routes = Declared.Routes(model).ToArray();
        var used = model.Services.Values.Select(service => service.Context).ToHashSet(StringComparer.Ordinal);
        return new Picture("containers", $"{model.System}: containers",
            [
                new Frame(Declared.System, model.System, "system", null),
                .. model.Contexts.Keys.Where(used.Contains).Select(context => new Frame(Declared.ContextId(context), context, "context", Declared.System)),
            ],
            [
                .. routes.Length > 0 ? users : [],
                .. routes.Length > 0 ? [Declared.GatewayBox(model, Declared.System)] : Array.Empty<Box>(),
                .. model.Services.SelectMany(one => Boxes(model, one.Key, one.Value)),
                .. model.Externals.Select(one => Declared.External(one.Key, one.Value)),
            ],
            [
                .. routes.Length > 0 ? users.Select(user => new Arrow(user.Id, Declared.Gateway, "HTTP", ArrowKind.Waits)) : [],
                .. routes,
                .. Declared.Calls(model),
                .. Declared.Events(model),
                .. model.Services.SelectMany(one => one.Value.Uses.Where(model.Externals.ContainsKey).Select(external => new Arrow(Declared.ServiceId(one.Key), Declared.ExternalId(external), "", ArrowKind.Waits))),
                .. model.Services.SelectMany(one => one.Value.Owns.Keys.Select(store => new Arrow(Declared.ServiceId(one.Key), Declared.StoreId(one.Key, store), "", ArrowKind.Keeps))),
            ]);
    }

    private static IEnumerable<Box> Boxes(SystemModel model, string name, Service service)
    {
        var frame = service.Context is { } context && model.Contexts.ContainsKey(context) ? Declared.ContextId(context) : Declared.System;
        return [Declared.Service(name, service, frame), .. service.Owns.Select(store => Declared.Store(model, name, store.Key, store.Value, frame))];
    }
}
