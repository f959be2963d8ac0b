using Conway.Model;

namespace Conway.Checks.Sources;

/// <summary>Whose table a name means, as far as the model says.</summary>
/// <remarks>Two services may each have a table of the same name in a database of their own (<c>customers</c>, <c>outbox</c>); only the model tells which of
/// them are one.</remarks>
internal static class TableOwner
{
    /// <summary>The one service that names a table among its own; null when none does, or several do.</summary>
    public static string? Of(SystemModel model, string table)
    {
        var owners = model.Services.Where(s => Names(s.Value, table)).Select(s => s.Key).Take(2).ToArray();
        return owners.Length == 1 ? owners[0] : null;
    }

    /// <summary>Whether a service that touches a table of another's can only mean that one: it has no store of its own, or one whose tables are all named and
    /// this is not among them.</summary>
    public static bool IsForeign(SystemModel model, string service, string owner) =>
        service != owner && model.Services[service].Owns.All(o => o.Value.Tables.Count > 0 || model.Services[owner].Owns.ContainsKey(o.Key));

    private static bool Names(Service service, string table) =>
        service.Owns.Values.Any(o => o.Tables.Any(t => string.Equals(Bare(t), Bare(table), StringComparison.OrdinalIgnoreCase)));

    // sales.orders, [dbo].[Orders]
    private static string Bare(string table) => table[(table.LastIndexOf('.') + 1)..].Trim('[', ']', '"', '`');
}
