using Conway.Model;

namespace Conway.Review.Graph;

/// <summary>The declared calls of a model: who waits for whom, how long the rows are, what all of it promises.</summary>
internal sealed class CallWeb
{
    private readonly SystemModel _model;
    private readonly Dictionary<string, IReadOnlyList<string>> _calls;
    private readonly Dictionary<string, (int Length, string? Next)> _longest = new(StringComparer.Ordinal);

    public CallWeb(SystemModel model)
    {
        _model = model;
        _calls = model.Services.ToDictionary(
            s => s.Key, s => (IReadOnlyList<string>)[.. s.Value.Calls.Keys.Where(model.Services.ContainsKey).Order(StringComparer.Ordinal)], StringComparer.Ordinal);

        // By name, so that the order of the file changes no sentence.
        Circles = StrongComponents.Of([.. _calls.Keys.Order(StringComparer.Ordinal)], n => _calls[n]);
        foreach (var name in Circles.All.Reverse().SelectMany(g => g))
        {
            var next = _calls[name].Where(c => Circles.IndexOf(c) != Circles.IndexOf(name)).OrderByDescending(c => _longest[c].Length).ThenBy(c => c, StringComparer.Ordinal).FirstOrDefault();
            _longest[name] = next is null ? (0, null) : (_longest[next].Length + 1, next);
        }
    }

    public StrongComponents Circles { get; }

    /// <summary>The longest row of calls that a request to a service waits for; calls within a circle are left out, since it has no end.</summary>
    public IReadOnlyList<string> LongestFrom(string service)
    {
        var row = new List<string>();
        for (var at = service; at is not null; at = _longest[at].Next)
        {
            row.Add(at);
        }

        return row;
    }

    /// <summary>Everything that a request to these services may reach, themselves among it.</summary>
    /// <param name="onlyRequired">Only calls without which the caller cannot answer.</param>
    public IReadOnlySet<string> Reach(IEnumerable<string> services, bool onlyRequired)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(services.Where(_calls.ContainsKey));
        while (open.TryPop(out var name))
        {
            if (reached.Add(name))
            {
                foreach (var callee in _calls[name].Where(c => !onlyRequired || _model.Services[name].Calls[c].Required))
                {
                    open.Push(callee);
                }
            }
        }

        return reached;
    }

    /// <summary>What the services that a request needs promise together.</summary>
    public Promise PromiseOf(IEnumerable<string> services)
    {
        var needed = Reach(services, onlyRequired: true).Order(StringComparer.Ordinal).ToArray();
        var known = needed.Select(n => (Name: n, Goal: _model.Services[n].Slo?.Availability)).ToArray();
        return new Promise(
            [.. known.Where(k => k.Goal is not null).Select(k => (k.Name, k.Goal!.Value.Fraction))],
            [.. known.Where(k => k.Goal is null).Select(k => k.Name)]);
    }
}
