using Conway.Model;

namespace Conway.Diagrams.Views;

/// <summary>Which team and service owns which data, with what in it is personal, and stores that two services claim.</summary>
internal static class DataView
{
    private const string NoTeam = "team:";

    public static Diagram Of(SystemModel model, string? environment, string name)
    {
        var owners = model.Services.Where(service => service.Value.Owns.Count > 0).Select(service => (service.Key, service.Value, Team: model.TeamOf(service.Value))).ToArray();
        var stores = owners.SelectMany(owner => owner.Value.Owns.Select(store => (Service: owner.Key, Name: store.Key, Store: store.Value))).ToArray();
        return new Picture("data", $"{model.System}: data ownership",
            [
                .. owners.Select(owner => owner.Team).Distinct(StringComparer.Ordinal).Select(team => new Frame(NoTeam + team, team ?? "no team", team is null ? "" : "team", null)),
                .. owners.Select(owner => new Frame(Declared.ServiceId(owner.Key), owner.Key, "service", NoTeam + owner.Team)),
            ],
            [
                .. stores.Select(one => Declared.Store(model, one.Service, one.Name, one.Store, Declared.ServiceId(one.Service)) with
                {
                    Lines = [.. one.Store.Tables.Select(table => $"table {table}"), .. one.Store.Pii.Select(column => $"personal: {column}")],
                }),
            ],
            [
                .. stores.GroupBy(one => one.Name, StringComparer.Ordinal).Select(same => same.ToArray()).Where(same => same.Length > 1)
                    .SelectMany(same => same.Skip(1).Select(other => new Arrow(Declared.StoreId(same[0].Service, same[0].Name), Declared.StoreId(other.Service, other.Name), "claimed by both", ArrowKind.Mutual))),
            ]);
    }
}
