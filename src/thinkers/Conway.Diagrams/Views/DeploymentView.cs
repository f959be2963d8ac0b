using System.Globalization;
using Conway.Model;

namespace Conway.Diagrams.Views;

/// <summary>What runs in an environment: replicas, engines, broker and secrets.</summary>
internal static class DeploymentView
{
    public static Diagram Of(SystemModel model, string? environment, string name)
    {
        const string Place = "environment";
        var engines = model.Services.SelectMany(service => service.Value.Owns.Values.Select(store => Declared.Engine(model, store))).Distinct(StringComparer.Ordinal).ToArray();
        var outside = Declared.Outside(model).ToArray();
        var routes = Declared.Routes(model).ToArray();
        var speaking = model.Services.Where(service => service.Value.Publishes.Count + service.Value.Consumes.Count > 0).Select(service => service.Key).ToArray();
        return new Picture("deployment", $"{model.System}: deployment{(environment is null ? "" : $", {environment}")}",
            [
                new Frame(Place, environment ?? "without an overlay", "environment", null),
                new Frame("processes", "services", model.Mesh is { } mesh and not "none" ? $"mesh {mesh}" : "processes", Place),
                .. engines.Select(engine => new Frame($"engine:{engine}", engine, "engine", Place)),
            ],
            [
                .. routes.Length > 0 ? [Declared.GatewayBox(model, Place)] : Array.Empty<Box>(),
                .. model.Services.Select(one => Declared.Service(one.Key, one.Value, "processes") with { Lines = [string.Create(CultureInfo.InvariantCulture, $"{one.Value.Replicas} {(one.Value.Replicas == 1 ? "replica" : "replicas")}")] }),
                .. model.Jobs.Where(job => model.Services.ContainsKey(job.Value.Service)).Select(job => new Box($"job:{job.Key}", job.Key, BoxKind.Part, $"job of {job.Value.Service}", [job.Value.When()], "processes")),
                .. model.Services.SelectMany(one => one.Value.Owns.Select(store => Declared.Store(model, one.Key, store.Key, store.Value, $"engine:{Declared.Engine(model, store.Value)}") with { Says = "database" })),
                .. outside.Select(one => one.Box with { Frame = Place }),
            ],
            [
                .. routes.Select(route => route with { Label = "" }),
                .. model.Services.SelectMany(one => one.Value.Owns.Keys.Select(store => new Arrow(Declared.ServiceId(one.Key), Declared.StoreId(one.Key, store), "", ArrowKind.Keeps))),
                .. outside.Where(one => one.Box.Says == "broker").SelectMany(one => speaking.Select(service => new Arrow(Declared.ServiceId(service), one.Box.Id, "", ArrowKind.Sends))),
            ]);
    }
}
