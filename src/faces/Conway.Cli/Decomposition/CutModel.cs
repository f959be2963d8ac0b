using System.Globalization;
using System.Text;
using Conway.CodeFacts;
using Conway.Decomposition;
using Conway.Decomposition.Constraining;
using Conway.Decomposition.Proposals;
using Conway.Model;

namespace Conway.Cli;

/// <summary>A proposed <c>conway.yaml</c> of an alternative: services, calls, events, tables, jobs, sagas and routes. Pure.</summary>
/// <remarks>Whatever the code is called, the text is one that <c>conway check</c> reads without an error.</remarks>
internal sealed class CutModel
{
    /// <summary>By which decompose knows a model that it wrote.</summary>
    public const string Mark = "# Proposed by 'conway decompose'";

    // As long as a call may take that calls nobody else; each call behind it adds as much.
    private const int CallMs = 500;

    private readonly CutView _view;
    private readonly CutCalls _calls;
    private readonly string[] _names;
    private readonly Dictionary<int, string> _teams;
    private readonly Dictionary<int, SortedDictionary<string, string?>> _publishes = [];
    private readonly Dictionary<int, SortedSet<string>> _consumes = [];
    private readonly StringBuilder _text = new();

    private CutModel(CutView view, ConstraintFile constraints)
    {
        _view = view;
        _teams = TeamsOf(constraints);
        _calls = CutCalls.Of(view.Alternative.Costs);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        _names = [.. view.Alternative.Services.Select(s => Unique(NameFrom(s.Name, "service"), taken))];
        Events();
    }

    /// <param name="proposal">What is proposed.</param>
    /// <param name="alternative">The cut to describe.</param>
    /// <param name="constraints">Where teams are named.</param>
    public static string Of(Proposal proposal, Alternative alternative, ConstraintFile constraints)
    {
        var model = new CutModel(new CutView(proposal, alternative), constraints);
        model.Head();
        model.Teams();
        model.Services();
        model.Jobs();
        model.Sagas();
        model.Gateway();
        return model._text.ToString();
    }

    private void Head()
    {
        var cut = _view.Alternative;
        Line($"{Mark}: the cut '{cut.Id}'. The next run writes this file anew, so copy it before you change it.");
        Line("# Nothing of it is built yet: commands are where each service's program is expected, time limits are a first guess.");
        if (_calls.Left.Count > 0)
        {
            Line("# Calls that would close a circle are left out. Let an event carry each, or move a type:");
        }

        foreach (var call in _calls.Left)
        {
            Line($"#   {_names[call.From]} -> {_names[call.To]}  {CutText.Count(call.Places, "place")}, such as {Comment(call.What)}");
        }

        Line("conway: 1");
        Line($"system: {NameFrom(_view.Code.Name, "system")}");
        Line($"description: {Quoted($"Cut '{cut.Id}' of {_view.Code.Name}: {CutText.Count(cut.Services.Length, "service")}.")}");
    }

    private void Teams()
    {
        var teams = _teams.Values.Distinct().Order(StringComparer.Ordinal).ToArray();
        if (teams.Length > 0)
        {
            Line("");
            Line("teams:");
            foreach (var team in teams)
            {
                Line($"  {team}: {{}}");
            }
        }
    }

    /// <summary>The team of each service that has types of one: the one with most of them.</summary>
    private Dictionary<int, string> TeamsOf(ConstraintFile constraints)
    {
        var bound = BoundConstraints.Of(constraints, _view.Proposal.Units, "", out _);
        return bound.All.Where(c => c.Constraint is OwnedBy)
            .SelectMany(c => c.Units.Select(u => (Service: _view.Alternative.Cut[u], Team: NameFrom(((OwnedBy)c.Constraint).Team, "team"))))
            .Where(x => x.Service != Partition.None).GroupBy(x => x.Service)
            .ToDictionary(g => g.Key, g => g.GroupBy(x => x.Team).OrderByDescending(t => t.Count()).ThenBy(t => t.Key, StringComparer.Ordinal).First().Key);
    }

    private void Services()
    {
        var stores = new HashSet<string>(StringComparer.Ordinal);
        Line("");
        Line(_names.Length == 0 ? "services: {}" : "services:");
        foreach (var service in _view.Alternative.Services)
        {
            var name = _names[service.Id];
            Line($"  {name}:");
            Line($"    description: {Quoted(About(service))}");
            if (_teams.TryGetValue(service.Id, out var team))
            {
                Line($"    team: {team}");
            }

            Line($"    command: dotnet run --project src/{name}");
            Line("    health: /health");
            if (service.Tables.Length > 0)
            {
                var tables = service.Tables.Select(t => _view.Code.Tables[t].ToString()).Distinct().Order(StringComparer.Ordinal).Select(Quoted);
                Line($"    owns: {{ {Unique(Cut(name, 60) + "-db", stores)}: {{ tables: [{string.Join(", ", tables)}] }} }}");
            }

            if (_publishes.TryGetValue(service.Id, out var publishes))
            {
                Line(publishes.Values.All(topic => topic is null)
                    ? $"    publishes: [{string.Join(", ", publishes.Keys)}]"
                    : $"    publishes: {{ {string.Join(", ", publishes.Select(p => $"{p.Key}: {(p.Value is null ? "{}" : $"{{ topic: {Quoted(p.Value)} }}")}"))} }}");
            }

            if (_consumes.TryGetValue(service.Id, out var consumes))
            {
                Line($"    consumes: [{string.Join(", ", consumes)}]");
            }

            var calls = _calls.Kept.Where(c => c.From == service.Id).ToArray();
            if (calls.Length > 0)
            {
                Line("    calls:");
                foreach (var call in calls)
                {
                    var limit = ((_calls.HeightOf(call.To) + 1) * CallMs).ToString(CultureInfo.InvariantCulture);
                    Line($"      {_names[call.To]}: {{ timeout: {limit}ms }}  # {CutText.Count(call.Places, "place")}, such as {Comment(call.What)}");
                }
            }
        }
    }

    private void Jobs()
    {
        var jobs = CutFlows.Jobs(_view).ToArray();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, job) in jobs.Where(j => j.Cron is not null).Index())
        {
            if (index == 0)
            {
                Line("");
                Line("jobs:");
            }

            Line($"  {Unique(NameFrom(Bare(job.Entry.Name), "job"), taken)}: {{ service: {_names[job.Service]}, schedule: {Quoted(job.Cron!)} }}  # {At(job.Entry)}");
        }

        foreach (var (index, job) in jobs.Where(j => j.Cron is null).Index())
        {
            if (index == 0)
            {
                Line("");
                Line("# Work beside requests for which the code shows no schedule in cron fields:");
            }

            Line($"#   {_names[job.Service]}: {Comment(job.Entry.Name)}{(job.Entry.Schedule is { } schedule ? $", {Comment(schedule)}" : "")} ({At(job.Entry)})");
        }
    }

    private void Sagas()
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, saga) in CutFlows.Sagas(_view).Index())
        {
            if (index == 0)
            {
                Line("");
                Line("# One for each use case that writes in several services; operations are called as the members that write now.");
                Line("# Nothing in the code undoes a step: say for each but the last what does, as 'undo: service.operation'.");
                Line("sagas:");
            }

            Line($"  {Unique(NameFrom(Bare(saga.Entry.Name), "saga"), taken)}:  # {At(saga.Entry)}");
            Line($"    owner: {_names[saga.Owner]}");
            Line("    steps:");
            foreach (var step in saga.Steps)
            {
                Line($"      - {{ call: {_names[step.Service]}.{NameFrom(Operation(step.Member), "write")} }}  # writes {Comment(string.Join(", ", step.Tables))}");
            }
        }
    }

    private string At(EntryPoint entry) => Comment(_view.Code.At(entry.Place));

    /// <summary><c>job Billing.NightlyRun</c> is <c>Billing.NightlyRun</c>.</summary>
    private static string Bare(string name) => Split(name.StartsWith("job ", StringComparison.Ordinal) ? name[4..] : name.StartsWith("hosted ", StringComparison.Ordinal) ? name[7..] : name);

    private static string Operation(string? member) =>
        member is null ? "write" : Split(member.Length > 5 && member.EndsWith("Async", StringComparison.Ordinal) ? member[..^5] : member);

    /// <summary><c>NightlyRun</c> is <c>Nightly-Run</c>.</summary>
    private static string Split(string name) => string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) && char.IsLower(name[i - 1]) ? $"-{c}" : c.ToString()));

    private void Gateway()
    {
        var of = _view.Alternative.Services.SelectMany(s => s.EntryPoints.Select(e => (Entry: _view.Code.EntryPoints[e], Service: s.Id)));
        var routes = CutRoutes.Of(of);
        if (routes.Count == 0)
        {
            return;
        }

        Line("");
        Line("gateway:");
        Line("  routes:");
        foreach (var route in routes)
        {
            var methods = route.Methods.Count > 0 ? $", methods: [{string.Join(", ", route.Methods)}]" : "";
            Line($"    - {{ path: {Quoted(route.Path)}{methods}, to: {_names[route.Service]} }}");
        }
    }

    // An event has one owner: whoever sends it from most places.
    private void Events()
    {
        var (code, cut, units) = (_view.Code, _view.Alternative.Cut, _view.Proposal.Units);
        var handlers = code.MessageHandlers.ToLookup(h => h.Message, h => cut[units.OfType(h.Handler)]);
        foreach (var message in code.MessageSends.Where(s => s.Kind != MessageKind.Request).GroupBy(s => s.Message).OrderBy(g => g.Key))
        {
            var senders = message.GroupBy(s => cut[units.OfType(code.Members[s.Member].Type)]).Where(g => g.Key != Partition.None).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).ToArray();
            var name = EventName(code.Types[message.Key].Name);
            if (senders.Length == 0 || name is null || _publishes.Values.Any(p => p.ContainsKey(name)))
            {
                continue;
            }

            var publisher = senders[0].Key;
            var consumers = handlers[message.Key].Where(h => h != Partition.None && h != publisher).Distinct().ToArray();
            var topics = code.Topics.Where(t => t.IsSent && t.Message == message.Key).Select(t => t.Topic).Distinct().Take(2).ToArray();
            Event(name, topics.Length == 1 ? topics[0] : null, publisher, consumers);
        }

        foreach (var topic in CutFlows.Topics(_view))
        {
            // A topic of a type that is told already adds who takes it by its name.
            if (EventName(topic.Name) is { } name && !_publishes.Any(p => p.Key != topic.From && p.Value.ContainsKey(name)))
            {
                Event(name, topic.Topic, topic.From, topic.To);
            }
        }
    }

    private void Event(string name, string? topic, int publisher, IReadOnlyList<int> consumers)
    {
        if (consumers.Count > 0)
        {
            (_publishes.TryGetValue(publisher, out var own) ? own : _publishes[publisher] = new(StringComparer.Ordinal)).TryAdd(name, topic);
        }

        foreach (var consumer in consumers)
        {
            (_consumes.TryGetValue(consumer, out var theirs) ? theirs : _consumes[consumer] = new(StringComparer.Ordinal)).Add(name);
        }
    }

    private string About(ProposedService service) =>
        $"{CutText.Count(service.Units.Length, "type")}, {CutText.Count(service.CodeLines, "line")}{(service.Words.Length > 0 ? $"; named from {string.Join(", ", service.Words.Take(3))}" : "")}.";

    private static string? EventName(string name)
    {
        var kept = string.Concat(name.Where(char.IsAsciiLetterOrDigit));
        kept = kept.Length > 0 ? char.ToUpperInvariant(kept[0]) + kept[1..] : kept;
        return Names.IsEventName(kept) ? kept : null;
    }

    /// <summary>A name that the model allows: <c>Outfitter.Web</c> becomes <c>outfitter-web</c>.</summary>
    private static string NameFrom(string text, string otherwise)
    {
        if (Names.IsName(text))
        {
            return text;
        }

        var parts = new string([.. text.ToLowerInvariant().Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : '-')]).Split('-', StringSplitOptions.RemoveEmptyEntries);
        var name = Cut(string.Join('-', parts), 63).Trim('-');
        name = name.Length > 0 && !char.IsAsciiLetterLower(name[0]) ? Cut($"{otherwise}-{name}", 63) : name;
        return Names.IsName(name) ? name : otherwise;
    }

    private static string Unique(string name, HashSet<string> taken)
    {
        var unique = name;
        for (var number = 2; !taken.Add(unique); number++)
        {
            unique = $"{Cut(name, 58)}-{number}";
        }

        return unique;
    }

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];

    /// <summary>In double quotes. What is no text becomes a dot, and what only looks like a reference to a variable is none.</summary>
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.Replace("${", "$ {", StringComparison.Ordinal).EnumerateRunes())
        {
            quoted.Append(rune.Value switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                _ when Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate => "·",
                _ => rune.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    private static string Comment(string text) => Cut(SafeText.OneLine(text), 100);

    private void Line(string text) => _text.Append(text).Append('\n');
}
