using Conway.Model;

namespace Conway.Storming;

/// <summary>Writes a proposal as a model: a context and a service for each context, its events, and the ways in of people.</summary>
internal static class StormModel
{
    public static SystemModel Of(Board board, BoardLinks links, IReadOnlyList<StormAggregate> aggregates, IReadOnlyList<StormContext> contexts, IReadOnlyList<StormFlow> flows)
    {
        var events = EventNames(links);
        var byName = aggregates.ToDictionary(a => a.Name, StringComparer.Ordinal);
        return new SystemModel
        {
            System = board.System,
            Contexts = new(contexts.Select(c => KeyValuePair.Create(c.Name, new BoundedContext
            {
                Language = new(c.Aggregates.Select(a => KeyValuePair.Create(a, Meaning(byName[a])))),
                Upstream = new(Upstream(c.Name, contexts, flows)),
            }))),
            Services = new(contexts.Select(c => KeyValuePair.Create(c.Name, new Service
            {
                Context = c.Name,
                Command = $"dotnet run --project src/{c.Name}",
                Owns = new([KeyValuePair.Create(c.Name + "-db", new Store { Tables = new(c.Aggregates.Select(a => StormNames.Kebab(a, "table").Replace('-', '_')).Distinct(StringComparer.Ordinal)) })]),
                Publishes = new(flows.Where(f => f.From == c.Name).Select(f => events[f.Event]).Distinct(StringComparer.Ordinal).Select(e => KeyValuePair.Create(e, new PublishedEvent()))),
                Consumes = new(flows.Where(f => f.To == c.Name).Select(f => events[f.Event]).Distinct(StringComparer.Ordinal)),
            }))),
            Gateway = new Gateway
            {
                Routes = new(contexts.Where(c => links.Commands.Any(o => o.ByKind == NoteKind.Actor && c.Aggregates.Contains(o.On)))
                    .Select(c => new Route { Path = $"/api/{c.Name}/**", To = c.Name })),
            },
        };
    }

    private static string Meaning(StormAggregate aggregate)
    {
        var parts = new[]
        {
            aggregate.Commands.Count > 0 ? $"takes {string.Join(", ", aggregate.Commands)}" : "",
            aggregate.Events.Count > 0 ? $"tells {string.Join(", ", aggregate.Events)}" : "",
        }.Where(p => p.Length > 0).ToArray();
        return parts.Length == 0 ? "noted on the board" : string.Join("; ", parts);
    }

    /// <summary>Who hears follows who tells. Where both hear each other it is a partnership, told once.</summary>
    private static IEnumerable<ContextRelation> Upstream(string name, IReadOnlyList<StormContext> contexts, IReadOnlyList<StormFlow> flows)
    {
        foreach (var other in contexts.Select(c => c.Name).Where(c => flows.Any(f => f.From == c && f.To == name)))
        {
            var isMutual = flows.Any(f => f.From == name && f.To == other);
            if (!isMutual || string.CompareOrdinal(name, other) < 0)
            {
                yield return new ContextRelation { Context = other, As = isMutual ? ContextPattern.Partnership : ContextPattern.CustomerSupplier };
            }
        }
    }

    private static Dictionary<string, string> EventNames(BoardLinks links)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var told in links.Events.Where(e => !names.ContainsKey(e.Words)))
        {
            names[told.Words] = StormNames.Unique(StormNames.Pascal(told.Words), taken);
        }

        return names;
    }
}
