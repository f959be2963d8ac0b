using Conway.Model;

namespace Conway.Checks.Graph;

/// <summary>What a system loses when one service does not answer, as far as its model declares it.</summary>
/// <remarks>A required call cannot be done without, so its caller fails, and so do those that require the caller. A call that is not required leaves
/// its caller working with less. What a caller does with a timeout is its own matter and not known here.</remarks>
public sealed record Impact
{
    /// <summary>The service that does not answer.</summary>
    public required string Service { get; init; }

    /// <summary>Services that cannot work without it, nearest first, then in the order of the model.</summary>
    public required IReadOnlyList<Affected> Fails { get; init; }

    /// <summary>Services that work with less: they call it, or one that fails, and do not require it.</summary>
    public required IReadOnlyList<Affected> Degrades { get; init; }

    /// <summary>Routes of the gateway to it or to one that fails, in order of declaration.</summary>
    public required IReadOnlyList<Route> Routes { get; init; }

    /// <summary>Sagas that stop, with the first step that cannot be done.</summary>
    public required IReadOnlyList<StoppedSaga> Sagas { get; init; }

    /// <summary>Events that nobody handles while it is gone, or that nobody publishes.</summary>
    public required IReadOnlyList<HeldEvent> Events { get; init; }

    /// <summary>Whether a service is the one, or fails with it.</summary>
    public bool IsGone(string service) => service == Service || Fails.Any(one => one.Service == service);

    /// <param name="model">The system.</param>
    /// <param name="service">One of its services.</param>
    public static Impact Of(SystemModel model, string service)
    {
        var graph = CallGraph.Of(model);
        var fails = new List<Affected>();
        var gone = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [service] = [service] };
        var todo = new Queue<string>([service]);
        while (todo.TryDequeue(out var callee))
        {
            foreach (var edge in graph.To(callee).Where(edge => edge.Call.Required && !gone.ContainsKey(edge.Caller)))
            {
                gone[edge.Caller] = [edge.Caller, .. gone[callee]];
                fails.Add(new Affected(edge.Caller, gone[edge.Caller]));
                todo.Enqueue(edge.Caller);
            }
        }

        var degrades = model.Services.Keys.Where(name => !gone.ContainsKey(name))
            .Select(name => graph.From(name).FirstOrDefault(edge => gone.ContainsKey(edge.Callee))).OfType<CallEdge>()
            .Select(edge => new Affected(edge.Caller, [edge.Caller, .. gone[edge.Callee]]));
        return new Impact
        {
            Service = service,
            Fails = fails,
            Degrades = [.. degrades],
            Routes = [.. model.Gateway.Routes.Where(route => gone.ContainsKey(route.To))],
            Sagas = [.. model.Sagas.Select(saga => Stopped(saga.Key, saga.Value, gone)).OfType<StoppedSaga>()],
            Events = [.. Held(model, gone)],
        };
    }

    private static StoppedSaga? Stopped(string name, Saga saga, Dictionary<string, IReadOnlyList<string>> gone)
    {
        if (gone.ContainsKey(saga.Owner))
        {
            return new StoppedSaga(name, 0, saga.Owner);
        }

        var step = saga.Steps.Index().FirstOrDefault(step => gone.ContainsKey(step.Item.Call.Split('.')[0]));
        return step.Item is null ? null : new StoppedSaga(name, step.Index + 1, step.Item.Call);
    }

    private static IEnumerable<HeldEvent> Held(SystemModel model, Dictionary<string, IReadOnlyList<string>> gone)
    {
        foreach (var name in model.Services.Values.SelectMany(one => one.Publishes.Keys).Distinct(StringComparer.Ordinal))
        {
            var publishers = model.Services.Where(one => one.Value.Publishes.ContainsKey(name)).Select(one => one.Key).ToArray();
            var consumers = model.Services.Where(one => one.Value.Consumes.Contains(name)).Select(one => one.Key).ToArray();
            var silent = publishers.All(gone.ContainsKey);
            string[] without = [.. consumers.Where(one => !gone.ContainsKey(one))];
            string[] unhandled = [.. consumers.Where(gone.ContainsKey)];
            if (silent ? without.Length > 0 : unhandled.Length > 0)
            {
                yield return new HeldEvent(name, silent, silent ? without : unhandled);
            }
        }
    }
}

/// <summary>A service that feels it.</summary>
/// <param name="Service">Which.</param>
/// <param name="Chain">Over whom: from it to the service that does not answer.</param>
public sealed record Affected(string Service, IReadOnlyList<string> Chain);

/// <summary>A saga that cannot go on.</summary>
/// <param name="Saga">Which.</param>
/// <param name="Step">The first step that cannot be done, counted from 1; 0 when nobody drives it.</param>
/// <param name="Call">What that step calls; the owner when nobody drives it.</param>
public sealed record StoppedSaga(string Saga, int Step, string Call);

/// <summary>An event that is not delivered.</summary>
/// <param name="Event">Which.</param>
/// <param name="IsSilent">Nobody publishes it; else it waits for those who are gone.</param>
/// <param name="Services">Who does not get it.</param>
public sealed record HeldEvent(string Event, bool IsSilent, IReadOnlyList<string> Services);
