using Conway.Model;

namespace Conway.Review.Rules;

/// <summary>One service that depends on another: it calls it, or handles its events.</summary>
/// <param name="Event">The event; null for a call.</param>
internal sealed record Edge(string From, string To, string? Event)
{
    /// <summary><c>services.orders.calls.catalog</c></summary>
    public string Path => Event is null ? $"services.{From}.calls.{To}" : $"services.{From}.consumes{{{Event}}}";

    public string Says => Event is null ? $"'{From}' calls '{To}'" : $"'{From}' handles {Event} of '{To}'";

    /// <summary>Calls, then events, by names.</summary>
    public static IReadOnlyList<Edge> Of(SystemModel model)
    {
        var services = model.Services.OrderBy(s => s.Key, StringComparer.Ordinal).ToArray();
        var publishers = services.SelectMany(s => s.Value.Publishes.Keys.Select(e => (Event: e, s.Key))).ToLookup(p => p.Event, p => p.Key, StringComparer.Ordinal);
        return
        [
            .. from service in services
               from callee in service.Value.Calls.Keys.Order(StringComparer.Ordinal)
               where model.Services.ContainsKey(callee) && callee != service.Key
               select new Edge(service.Key, callee, null),
            .. from service in services
               from consumed in service.Value.Consumes.Order(StringComparer.Ordinal)
               from publisher in publishers[consumed]
               where publisher != service.Key
               select new Edge(service.Key, publisher, consumed),
        ];
    }
}
