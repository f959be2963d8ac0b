using System.Globalization;
using Conway.Findings;
using Conway.Model;

namespace Conway.Lowering;

/// <summary>A plan, and what had to be left out of it.</summary>
public sealed record LoweringResult(RunPlan Plan, IReadOnlyList<Finding> Findings);

/// <summary>Turns a model into a plan. Pure: the same model and facts give the same plan, down to the order of its parts.</summary>
public static class Lowerer
{
    private static readonly TimeSpan UnboundedAttempt = TimeSpan.FromSeconds(30);

    /// <summary>Never throws for a mistake in the model: what cannot be planned is left out and told by a finding.</summary>
    public static LoweringResult Lower(SystemModel model, LoweringFacts facts)
    {
        var findings = new List<Finding>();
        var platform = new PlatformPlan(
            facts.Ports[PortKeys.Gateway], facts.Ports[PortKeys.Console], facts.Ports[PortKeys.Otlp], facts.Ports[PortKeys.Registry]);
        var waits = RequiredOrder.WaitsFor(model);
        var services = new List<KeyValuePair<string, ServicePlan>>();
        foreach (var (name, service) in model.Services)
        {
            if (Lower_Service(name, service, model, facts, platform, waits[name], findings) is { } plan)
            {
                services.Add(new(name, plan));
            }
        }

        var plan_ = new RunPlan
        {
            System = model.System,
            Run = facts.Run,
            Environment = facts.Environment,
            Platform = platform,
            Services = new NameMap<ServicePlan>(services),
            Listeners = [.. model.Services.SelectMany(s => Lower_Listeners(s.Key, s.Value, model, facts))],
            Routes = [.. RoutesOf(model)],
            Journeys = model.Journeys,
            Postgres = PostgresStores.Plan(model, facts),
        };
        findings.AddRange(StoreFindings.Of(model, facts.HasPostgres));
        return new LoweringResult(plan_, findings);
    }

    private static ServicePlan? Lower_Service(
        string name, Service service, SystemModel model, LoweringFacts facts, PlatformPlan platform, ValueList<string> waitsFor, List<Finding> findings)
    {
        var stores = Lower_Stores(service, model, facts);
        if (service.Project is { } project)
        {
            if (!facts.ProjectFiles.TryGetValue(name, out var file))
            {
                findings.Add(new Finding
                {
                    Rule = LoweringRules.ProjectNotFound,
                    Message = $"'{name}' is left out: there is no project file in '{project}'.",
                    Mend = "Write the folder of a .csproj, or the .csproj itself, relative to the system's folder.",
                    ModelPath = $"services.{name}.project",
                });
                return null;
            }

            return Common(
                ServiceKind.Project, new BuildPlan(file, null), Path.GetDirectoryName(file)!, null,
                service.Health?.Path ?? (facts.UsesConwayService.Contains(file) ? "/health/ready" : null));
        }

        if (service.Command is { } command)
        {
            var directory = Path.GetFullPath(Path.Combine(facts.Folder, service.Directory ?? "."));
            return Common(ServiceKind.Command, service.Build is { } build ? new BuildPlan(null, build) : null, directory, command, service.Health?.Path);
        }

        // A service with neither is the reader's finding; there is nothing to start.
        return null;

        ServicePlan Common(ServiceKind kind, BuildPlan? build, string directory, string? command, string? healthPath)
        {
            var health = service.Health ?? new Health();
            return new ServicePlan
            {
                Name = name,
                Kind = kind,
                Build = build,
                Directory = directory,
                Command = command,
                Replicas = [.. Enumerable.Range(1, service.Replicas).Select(i => new ReplicaPlan(
                    $"{name}-{i}", i, facts.Ports[PortKeys.Replica(name, i)], facts.Ports[PortKeys.Spare(name, i)]))],
                Environment = ServiceEnvironment.Of(name, service, model, facts, platform, stores),
                Health = new HealthPlan(healthPath, health.Interval, health.Timeout, health.Failures, health.Startup),
                Drain = service.Drain,
                Overlap = service.Overlap,
                After = [.. service.After.Where(model.Services.ContainsKey)],
                WaitsFor = waitsFor,
                Watch = service.Watch,
                Stores = stores,
            };
        }
    }

    private static ValueList<StorePlan> Lower_Stores(Service service, SystemModel model, LoweringFacts facts) =>
        [.. service.Owns.Select(owned => model.EngineOf(owned.Value) switch
        {
            StoreEngine.Sqlite => new StorePlan(owned.Key, StoreEngine.Sqlite, File: Path.Combine(facts.StateFolder, "stores", owned.Key + ".db")),
            StoreEngine.Postgresql => new StorePlan(owned.Key, StoreEngine.Postgresql, Address: $"{EngineTables.Address(facts.Ports[PortKeys.Postgres])}/{owned.Key}"),
            var other => new StorePlan(owned.Key, other),
        })];
    private static IEnumerable<ListenerPlan> Lower_Listeners(string caller, Service service, SystemModel model, LoweringFacts facts)
    {
        foreach (var (callee, call) in service.Calls)
        {
            // A call to nothing is the reader's finding.
            if (model.Services.ContainsKey(callee))
            {
                var attempt = call.Timeout ?? call.Budget ?? service.Api.Budget ?? UnboundedAttempt;
                yield return new ListenerPlan
                {
                    Caller = caller,
                    Callee = callee,
                    Port = facts.Ports[PortKeys.Listener(caller, callee)],
                    AttemptTimeout = attempt,
                    Budget = call.Budget ?? attempt * (call.Retries + 1),
                    Retries = call.Retries,
                    RequestBudget = service.Api.Budget,
                    Balance = call.Balance,
                    Outlier = call.Outlier,
                    Required = call.Required,
                    Protocol = call.Protocol,
                };
            }
        }
    }

    internal static IEnumerable<RoutePlan> RoutesOf(SystemModel model)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var route in model.Gateway.Routes.Where(r => model.Services.ContainsKey(r.To)))
        {
            var id = $"{(route.Methods.Count == 0 ? "*" : string.Join(',', route.Methods))} {route.Host}{route.Path}";
            var count = seen[id] = seen.GetValueOrDefault(id) + 1;
            yield return new RoutePlan
            {
                Id = count == 1 ? id : string.Create(CultureInfo.InvariantCulture, $"{id} #{count}"),
                Route = route,
                AttemptTimeout = route.Timeout ?? model.Services[route.To].Api.Budget ?? UnboundedAttempt,
            };
        }
    }
}
