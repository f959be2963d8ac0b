using Conway.Model;

namespace Conway.Review.Renames;

/// <summary>A model with other names and nothing else changed.</summary>
/// <remarks>It keeps the order of everything, so that the leaves of both are the same, one by one.</remarks>
internal sealed class Renaming(IReadOnlyDictionary<Named, Named> names)
{
    public SystemModel Of(SystemModel model) => names.Count == 0 ? model : model with
    {
        Capabilities = Map("capability", model.Capabilities, c => c),
        Teams = Map("team", model.Teams, t => t),
        Contexts = Map("context", model.Contexts, c => c with
        {
            Capability = To("capability", c.Capability),
            Team = To("team", c.Team),
            Upstream = new(c.Upstream.Select(u => u with { Context = To("context", u.Context)! })),
        }),
        Services = Map("service", model.Services, Of),
        Jobs = Map("job", model.Jobs, j => j with { Service = To("service", j.Service)! }),
        Journeys = Map("journey", model.Journeys, j => j),
        Sagas = Map("saga", model.Sagas, s => s with
        {
            Owner = To("service", s.Owner)!,
            Steps = new(s.Steps.Select(step => step with { Call = Operation(step.Call)!, Undo = Operation(step.Undo) })),
        }),
        Externals = Map("external", model.Externals, e => e),
        Gateway = model.Gateway with { Routes = new(model.Gateway.Routes.Select(r => r with { To = To("service", r.To)!, Split = Map("service", r.Split, share => share) })) },
        Rules = Map("rule", model.Rules, Of),
        Suppress = new(model.Suppress.Select(s => s with { At = Path(s.At) })),
    };

    private Service Of(Service service) => service with
    {
        Context = To("context", service.Context),
        Team = To("team", service.Team),
        After = new(service.After.Select(a => To("service", a)!)),
        Owns = Map("store", service.Owns, s => s),
        Publishes = Map("event", service.Publishes, e => e),
        Uses = new(service.Uses.Select(e => To("external", e)!)),
        Consumes = new(service.Consumes.Select(e => To("event", e)!)),
        Calls = Map("service", service.Calls, c => c),
    };

    private OwnRule Of(OwnRule rule) => rule with
    {
        Forbid = Of(rule.Forbid),
        Require = Of(rule.Require),
        Only = Of(rule.Only),
        Named = rule.Named is { } named ? named with { Services = Of(named.Services) } : null,
    };

    private DependencyRule? Of(DependencyRule? rule) => rule is null ? null : rule with { From = Of(rule.From), To = Of(rule.To) };

    private ServiceSelection Of(ServiceSelection selection) => selection with
    {
        Name = To("service", selection.Name),
        Context = To("context", selection.Context),
        Team = To("team", selection.Team),
    };

    // A model with mistakes can name what it does not declare, and by the very name that something gets now.
    private NameMap<T> Map<T>(string kind, NameMap<T> map, Func<T, T> value) =>
        map.Count == 0 ? map : new(map.Select(e => KeyValuePair.Create(To(kind, e.Key)!, value(e.Value))).DistinctBy(e => e.Key, StringComparer.Ordinal));

    private string? To(string kind, string? name) => name is not null && names.TryGetValue(new Named(kind, name), out var now) ? now.Name : name;

    private string? Operation(string? text)
    {
        var dot = text?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        return dot < 0 ? To("service", text) : To("service", text![..dot]) + text[dot..];
    }

    private string? Path(string? path)
    {
        if (path is null)
        {
            return null;
        }

        var parts = path.Split('.');
        for (var i = 1; i < parts.Length && i <= 3; i += 2)
        {
            var kind = i == 3 && parts[0] != "services" ? null : Leaves.DeclaredNames.KindOf(parts[i - 1]);
            parts[i] = kind is null ? parts[i] : To(kind, parts[i])!;
        }

        return string.Join('.', parts);
    }
}
