using System.Reflection;
using Conway.Model;

namespace Conway.Review.Leaves;

/// <summary>By what an item of a list is known again, whatever its place in the list.</summary>
internal static class ListIdentity
{
    // Steps happen one after another, and layers lie on each other. Routes do not: the most specific one wins, whatever the order.
    public static bool HasOrder(PropertyInfo list) =>
        list.DeclaringType == typeof(Saga) || list.DeclaringType == typeof(Journey) || list.Name == nameof(OwnRule.Layers);

    public static IReadOnlyList<Piece> Of(object item, PropertyInfo list, string? kind, DeclaredNames names) => item switch
    {
        Route route => [new Piece(OfRoute(route))],
        ContextRelation relation => [new Piece(relation.Context, "context")],
        SagaStep step => DeclaredNames.Operation(step.Call),
        Step step => [new Piece(OfStep(step))],
        Suppression suppression => [new Piece(suppression.Finding), new Piece(" "), .. names.InPath(suppression.At ?? "")],
        _ => names.Pieces(list, kind, ModelLeaves.Text(item)),
    };

    /// <summary>What a route matches: <c>GET /api/orders/**</c></summary>
    public static string OfRoute(Route route) => string.Join(' ', new[]
    {
        string.Join(',', route.Methods.Order(StringComparer.Ordinal)),
        route.Host + route.Path,
        Map(route.Headers),
        Map(route.Query) is { Length: > 0 } query ? "?" + query : "",
    }.Where(p => p.Length > 0));

    /// <summary>What a step of a journey does: <c>post /api/orders</c></summary>
    public static string OfStep(Step step) =>
        step.Get is { } get ? "get " + get : step.Post is { } post ? "post " + post : step.Put is { } put ? "put " + put
        : step.Patch is { } patch ? "patch " + patch : step.Delete is { } delete ? "delete " + delete : "wait";

    private static string Map(NameMap<string> map) => string.Join('&', map.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key}={m.Value}"));
}
