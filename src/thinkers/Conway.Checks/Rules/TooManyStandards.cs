using Conway.Checks.Sources;
using Conway.Findings;
using Conway.Model;

namespace Conway.Checks.Rules;

/// <summary>CW6103: more kinds of technology than the system needs.</summary>
/// <remarks>Three groups, each judged alone: stores, brokers, and what services run on. What the model says of a service's stores is taken; where it says nothing, the packages of its projects
/// are. Manifests add the images of stores and brokers. Services with the tag <c>polyglot</c> are meant to differ and are left out.</remarks>
public sealed class TooManyStandards : ICheck
{
    private const string Exempt = "polyglot";

    public FindingRule Rule { get; } = new(
        "CW6103", Severity.Warning, "Too many kinds of technology",
        "Each has to be learnt, secured, upgraded, backed up and understood at night; nobody can do that well for all.")
    {
        Unless = "each is there for a property that the others lack, and somebody knows it well",
    };

    public CheckInputs Uses => CheckInputs.Code | CheckInputs.Manifests;

    public string? Limits => "checks.kinds";

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var perTen = subject.Limits.Kinds.PerTen;
        var services = subject.Model.Services.Where(s => !s.Value.Tags.Contains(Exempt)).ToDictionary(StringComparer.Ordinal);
        var allowed = Math.Max(perTen, (int)Math.Ceiling(perTen * services.Count / 10.0));
        return new[] { ("stores", Stores(subject, services)), ("brokers", Brokers(subject, services)), ("runtimes", Runtimes(services)) }
            .Select(group => Told(group.Item1, [.. group.Item2], allowed, services.Count)).OfType<Finding>();
    }

    private static IEnumerable<Use> Stores(CheckSubject subject, Dictionary<string, Service> services)
    {
        var declared = services.SelectMany(s => s.Value.Owns.Select(o => new Use(Word(subject.Model.EngineOf(o.Value)), s.Key, $"services.{s.Key}.owns.{o.Key}", null)));
        var coded = Packages(subject, services, Technologies.StoreOfPackage).Where(u => services[u.Service!].Owns.Count == 0);
        return declared.Concat(coded).Concat(Images(subject, Technologies.StoreOfImage)).ToArray() is var all && all.Any(u => u.Kind is "document")
            ? all.Where(u => !Documents.Contains(u.Kind)) : all;
    }

    private static IEnumerable<Use> Brokers(CheckSubject subject, Dictionary<string, Service> services) =>
        Packages(subject, services, Technologies.BrokerOfPackage).Concat(Images(subject, Technologies.BrokerOfImage));

    private static IEnumerable<Use> Runtimes(Dictionary<string, Service> services) =>
        from service in services
        let kind = service.Value.Project is not null ? "dotnet" : service.Value.Command is { } command ? Technologies.RuntimeOfCommand(command) : null
        where kind is not null
        select new Use(kind, service.Key, $"services.{service.Key}", null);

    private static IEnumerable<Use> Packages(CheckSubject subject, Dictionary<string, Service> services, Func<string, string?> kindOf) =>
        subject.Code is null ? []
        : from service in subject.Sources.Services
          where services.ContainsKey(service)
          from use in subject.Sources.ProjectsOf(service).Concat(subject.Sources.SharedProjectsOf(service))
              .SelectMany(p => p.Packages.Select(n => (Project: p, Package: n, Kind: kindOf(n)))).Where(u => u.Kind is not null).DistinctBy(u => u.Kind)
          select new Use(use.Kind!, service, $"services.{service}", new Evidence($"{service}: package {use.Package}", new SourceSpan(use.Project.Path, 1, 1, 1)));

    private static IEnumerable<Use> Images(CheckSubject subject, Func<string, string?> kindOf) =>
        subject.Manifests is null ? []
        : from workload in subject.Manifests.Workloads
          let kind = kindOf(workload.Image)
          where kind is not null
          group workload by kind into known
          select new Use(known.Key, null, "services", new Evidence($"{known.First().Name}: image {known.First().Image}", known.First().Place));

    private Finding? Told(string group, Use[] uses, int allowed, int services)
    {
        var kinds = uses.GroupBy(u => u.Kind, StringComparer.Ordinal).Select(g => (Kind: g.Key, Services: g.Count(u => u.Service is not null), First: g.First())).ToArray();
        if (kinds.Length <= allowed)
        {
            return null;
        }

        var most = kinds.OrderByDescending(k => k.Services).ThenBy(k => Order(k.Kind)).ThenBy(k => k.Kind, StringComparer.Ordinal).ToArray();
        var rarest = most.Where(k => k.Services > 0).Where(k => k.Services == most.Where(m => m.Services > 0).Min(m => m.Services)).Append(most[^1]).First();
        return new Finding
        {
            Rule = Rule,
            ModelPath = rarest.First.Path,
            Subject = group == "stores" ? "engines of stores" : group,
            Message = $"{kinds.Length} kinds of {group} for {Spoken.Times(services, "service")}: {string.Join(", ", most.Select(k => k.Services > 0 ? $"{k.Kind} ({k.Services})" : k.Kind))}.",
            Mend = $"Agree on {allowed}; begin with {rarest.Kind}, which is used least. A service that is meant to differ gets the tag {Exempt}.",
            Measure = new Measure(kinds.Length, allowed, $"kinds of {group}"),
            Evidence = [.. most.Select(k => uses.FirstOrDefault(u => u.Kind == k.Kind && u.Seen is not null)?.Seen).OfType<Evidence>().Take(Finding.EvidenceMax)],
        };
    }

    // What the model calls a store of documents is one of these, and not one more.
    private static readonly HashSet<string> Documents = new(["mongodb", "cosmos", "couchbase", "ravendb", "litedb", "dynamodb"], StringComparer.Ordinal);

    private static string Word(StoreEngine engine) => engine == StoreEngine.EventStore ? "event-store" : engine.ToString().ToLowerInvariant();

    private static int Order(string kind) => Array.FindIndex(Enum.GetValues<StoreEngine>(), e => Word(e) == kind) is var at and >= 0 ? at : int.MaxValue;

    /// <summary>One service, or a manifest alone, uses one kind.</summary>
    private sealed record Use(string Kind, string? Service, string Path, Evidence? Seen);
}
