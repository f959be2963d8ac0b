using System.Globalization;
using Conway.Planted.Code;

namespace Conway.Planted.Design;

/// <summary>A method of a controller, and how it is asked for.</summary>
/// <param name="Verb">Get or Post.</param>
/// <param name="Template">Behind the controller's own route.</param>
/// <param name="Shape">Null for a method that every controller has.</param>
internal sealed record PlannedAction(PlannedType Controller, PlannedMethod Method, string Verb, string Template, PlantShape? Shape)
{
    /// <summary>From the root: <c>/api/invoice/open/{value:int}</c>.</summary>
    public string Route => $"/{Actions.RouteOf(Controller)}/{Template}";
}

/// <summary>How a planted method looks from outside.</summary>
internal sealed record PlantShape(string Returns, string Parameters, string Arguments)
{
    public static readonly PlantShape Transaction = new("Task", "int value, CancellationToken ct", "value, ct");
    public static readonly PlantShape Join = new("Task<int>", "CancellationToken ct", "ct");
    public static readonly PlantShape Loop = new("int", "int[] values", "values");

    public bool IsAsynchronous => Returns != "int";
}

/// <summary>Where requests come in.</summary>
internal static class Actions
{
    public static string RouteOf(PlannedType controller) => $"api/{System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(controller.Noun)}";

    /// <summary>What is planted in a service, with its shape and its place in the list of all of its kind.</summary>
    public static IEnumerable<(string Method, PlantShape Shape, string Verb, string Template)> PlantsOf(PlannedType service, Blueprint blueprint)
    {
        foreach (var (index, transaction) in blueprint.Transactions.Index().Where(t => t.Item.Service == service))
            yield return (transaction.Method, PlantShape.Transaction, "Post", Template("settle", index, "/{value:int}"));
        foreach (var (index, join) in blueprint.Joins.Index().Where(j => j.Item.Service == service))
            yield return (join.Method, PlantShape.Join, "Get", Template("report", index, ""));
        foreach (var (index, loop) in blueprint.Loops.Index().Where(l => l.Item.Service == service))
            yield return (loop.Method, PlantShape.Loop, "Post", Template("refresh", index, ""));
    }

    public static IEnumerable<PlannedAction> Of(PlannedType controller, Blueprint blueprint, Flow flow)
    {
        var planted = flow.OwnService(controller) is { } service ? PlantsOf(service, blueprint).ToDictionary(p => p.Method) : [];
        foreach (var method in flow.Of(controller))
        {
            if (planted.TryGetValue(method.Name, out var plant))
                yield return new PlannedAction(controller, method, plant.Verb, plant.Template, plant.Shape);
            else
                yield return new PlannedAction(controller, method, flow.Effects(controller, method.Name).Writes.Count > 0 ? "Post" : "Get", Names.Verb(method.Index).ToLowerInvariant() + "/{value:int}", null);
        }
    }

    private static string Template(string verb, int index, string rest) => string.Create(CultureInfo.InvariantCulture, $"{verb}-{index + 1}{rest}");
}
