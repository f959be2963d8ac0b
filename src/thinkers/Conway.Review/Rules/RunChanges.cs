using System.Globalization;
using System.Text.RegularExpressions;
using Conway.Model;

namespace Conway.Review.Rules;

/// <summary>How services are run, what they cost, what outside of the system they talk to; and words.</summary>
internal static partial class RunChanges
{
    public static IEnumerable<ArchitectureChange> Of(ReviewSubject subject)
    {
        foreach (var change in External(subject))
        {
            yield return change;
        }

        foreach (var words in subject.Take(d => d.Pattern == "description" || d.Pattern.EndsWith(".description", StringComparison.Ordinal)))
        {
            yield return subject.Change(ChangeCatalog.WordsChanged, $"{(words.Names.Count > 0 ? $"What '{words.Names[^1]}' is" : "What the system is")} is described differently.", [words], DeciderOf(subject, words));
        }

        if (subject.TakeAt("gateway") is { Count: > 0 } gateway)
        {
            // A gateway that comes or goes is told by its routes.
            if (gateway.Where(g => g.Key != "gateway").ToArray() is { Length: > 0 } told)
            {
                yield return subject.Change(ChangeCatalog.RunChanged, $"The gateway: {Shown.Settings(told, "gateway")}.", told, Decider.Architects);
            }
        }

        if (subject.TakeAt("deploy").Where(d => d.Key != "deploy").ToArray() is { Length: > 0 } place)
        {
            yield return subject.Change(ChangeCatalog.RunChanged, $"Where it is deployed: {Shown.Settings(place, "deploy")}.", place, Decider.Architects);
        }

        if (subject.TakeAt("externals").Where(d => d.Key != "externals").ToArray() is { Length: > 0 } others)
        {
            yield return subject.Change(ChangeCatalog.ExternalDependency, $"Systems of others: {Shown.Settings(others, "externals")}.", others, Decider.Architects);
        }

        foreach (var (name, before, after) in subject.Kept)
        {
            var path = $"services.{name}";
            var owner = subject.OwnerOf(name);
            var cost = subject.Take(d => d.Key == $"{path}.replicas" || ReviewSubject.IsAt(d.Key, $"{path}.load") || ReviewSubject.IsAt(d.Key, $"{path}.resources"));
            if (cost.Count > 0)
            {
                yield return subject.Change(ChangeCatalog.CostChanged, $"'{name}': {(before.Replicas == after.Replicas ? Shown.Settings(cost, path) : $"replicas {Text(before.Replicas)} -> {Text(after.Replicas)}")}.", cost, owner) with
                {
                    Figures = before.Replicas == after.Replicas ? []
                        : [new Figure("replicas of all services", "replicas", Sum(subject.Base), Sum(subject.Head), Text(Sum(subject.Base)), Text(Sum(subject.Head)))],
                };
            }

            if (subject.TakeAt($"{path}.uses") is { Count: > 0 } uses)
            {
                yield return subject.Change(ChangeCatalog.ExternalDependency, $"What '{name}' uses of others: {Shown.Settings(uses, path)}.", uses, owner, Decider.Architects);
            }

            if (subject.TakeAt($"{path}.tags") is { Count: > 0 } tags)
            {
                yield return subject.Change(ChangeCatalog.TagsChanged, $"'{name}': {Shown.Settings(tags, path)}.", tags, owner);
            }

            if (subject.TakeAt(path) is { Count: > 0 } rest)
            {
                yield return subject.Change(ChangeCatalog.RunChanged, $"'{name}': {Shown.Settings(rest, path)}.", rest, owner);
            }
        }
    }

    /// <summary>Hosts that are named in the variables of services and are none of the system's own.</summary>
    private static IEnumerable<ArchitectureChange> External(ReviewSubject subject)
    {
        var (was, now) = (Hosts(subject.Base), Hosts(subject.Head));
        foreach (var (service, host, variable) in now.Where(n => !was.Any(w => w.Host == n.Host)).DistinctBy(n => (n.Service, n.Host)))
        {
            yield return subject.Change(
                ChangeCatalog.ExternalDependency, $"services.{service} {host}", $"'{service}' depends on {host}, which is outside of the system (variable {variable}).",
                null, $"services.{service}.environment.{variable}", [subject.OwnerOf(service), Decider.Architects]);
        }
    }

    private static (string Service, string Host, string Variable)[] Hosts(SystemModel model) =>
        [.. from service in model.Services.OrderBy(s => s.Key, StringComparer.Ordinal)
            from variable in service.Value.Environment.OrderBy(v => v.Key, StringComparer.Ordinal)
            from match in Address().Matches(variable.Value)
            let host = match.Groups["host"].Value.ToLowerInvariant()
            where !IsOwn(model, host)
            select (service.Key, host, variable.Key)];

    private static bool IsOwn(SystemModel model, string host) =>
        host is "localhost" or "0.0.0.0" || host.StartsWith("127.", StringComparison.Ordinal) || model.Services.ContainsKey(host.Split('.')[0]);

    private static Decider DeciderOf(ReviewSubject subject, Leaves.LeafDifference words) =>
        words.Leaf.Key.FirstOrDefault(p => p.Kind is not null) switch
        {
            { Kind: "service", Text: var service } => subject.OwnerOf(service),
            { Kind: "team", Text: var team } => new Decider(team),
            { Kind: "context", Text: var context } => ServiceChanges.TeamOf(subject.Head, context),
            _ => Decider.Architects,
        };

    private static int Sum(SystemModel model) => model.Services.Sum(s => s.Value.Replicas);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    // https://user:secret@api.example.com:443/path: the host alone is told.
    [GeneratedRegex(@"[a-z][a-z0-9+.-]*://(?:[^/?#\s@]*@)?(?<host>[A-Za-z0-9][A-Za-z0-9.-]*)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
