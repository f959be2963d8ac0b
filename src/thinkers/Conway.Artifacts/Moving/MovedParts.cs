using System.Globalization;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Policies;
using Conway.Model;

namespace Conway.Artifacts;

/// <summary>What a run has, part by part, and what stands for it in an environment.</summary>
internal static class MovedParts
{
    private const string Conway = "Conway";

    /// <summary>Only what the system has. In the order of a request's way, then what serves the services.</summary>
    public static IReadOnlyList<MovedPart> Of(SystemModel local, SystemPlan system) =>
        [.. new[] { Ways(system), Running(system), Stores(local, system), Events(system), Secrets(system), Telemetry(system), Others(system) }.SelectMany(parts => parts)];

    private static IEnumerable<MovedPart> Ways(SystemPlan system)
    {
        var model = system.Model;
        if (model.Gateway.Routes.Count > 0)
        {
            var edge = model.Deploy.Edge;
            var kind = EdgeObjects.IsIstio(system) ? "Istio's gateway" : EdgeObjects.IsIngress(system) ? "Ingress" : "Gateway API";
            yield return new MovedPart("gateway", Conway, edge.Class is null ? null : $"{kind}, class {edge.Class}{(edge.Host is null ? "" : $", {edge.Host}")}", Count(model.Gateway.Routes.Count, "route"), "deploy.edge");
            if (model.Gateway.Routes.Count(route => route.Auth is not null) is > 0 and var closed)
            {
                yield return new MovedPart("tokens", null, IsMeshed(model) ? model.Deploy.Tokens.Issuer is { } issuer ? $"{MeshOf(model)}, tokens of {issuer}" : MeshOf(model) : "what each service asks for", Count(closed, "route"), "deploy.tokens");
            }
        }

        if (model.Services.Sum(service => service.Value.Calls.Count) is > 0 and var calls)
        {
            yield return new MovedPart("calls", "Conway's listeners", IsMeshed(model) ? MeshOf(model) : "Services, each call tried once", Count(calls, "call"), "mesh");
        }

        yield return new MovedPart("registry", Conway, model.Mesh == "consul" ? "Consul" : "names of the cluster", Count(model.Services.Count, "service"), "mesh");
    }

    private static IEnumerable<MovedPart> Running(SystemPlan system)
    {
        var deploy = system.Model.Deploy;
        var built = system.Services.Count(service => service.Service.Image is null);
        yield return new MovedPart("services", "processes", $"pods in {KubeMetadata.NamespaceOf(system)}", Count(system.Services.Count, "service"), "deploy.namespace");
        if (built > 0)
        {
            yield return new MovedPart("images", "built here", deploy.Registry is { } registry && deploy.Version is { } version
                ? $"{registry}, {version}{(deploy.Pipeline.By is { } by ? $", by {PipelineOf(by)}" : "")}" : null, Count(built, "service"), deploy.Registry is null ? "deploy.registry" : "deploy.version");
        }

        if (system.Model.Jobs.Count > 0)
        {
            var deployed = JobPlan.All(system, []).Count;
            yield return new MovedPart("jobs", null, deployed == 0 ? null : deployed == system.Model.Jobs.Count ? "jobs of the cluster" : $"jobs of the cluster, {Text(deployed)} of them", Count(system.Model.Jobs.Count, "job"), "jobs");
        }

        if (system.Model.Sagas.Count > 0)
        {
            yield return new MovedPart("sagas", null, null, Count(system.Model.Sagas.Count, "saga"), "sagas");
        }
    }

    private static IEnumerable<MovedPart> Stores(SystemModel local, SystemPlan system) =>
        from service in system.Services
        from store in service.Service.Owns
        let here = local.Services.TryGetValue(service.Name, out var run) && run.Owns.TryGetValue(store.Key, out var other) ? Here(local.EngineOf(other)) : null
        let there = There(system, service, store.Key, store.Value)
        group store.Key by (Here: here, There: there.What, there.Path) into same
        orderby same.Key.Path, same.Key.There
        select new MovedPart("stores", same.Key.Here, same.Key.There, string.Join(", ", same.Order(StringComparer.Ordinal)), same.Key.Path);

    private static string? Here(StoreEngine engine) => engine switch { StoreEngine.Sqlite => "files", StoreEngine.Postgresql => "PostgreSQL here", _ => null };

    private static (string? What, string Path) There(SystemPlan system, ServicePlan service, string name, Store store)
    {
        var (word, key) = system.Model.EngineOf(store) switch
        {
            StoreEngine.Sqlite => ("", ""),
            StoreEngine.Postgresql => ("PostgreSQL", "postgresql"),
            StoreEngine.Redis => ("Redis", "redis"),
            StoreEngine.Document => ("the document store", "document"),
            _ => ("the event store", "event-store"),
        };
        return key.Length == 0 ? ($"volumes of {Size(Workloads.StorageOf(service, name))}", "deploy.storage-class") : (system.Model.Deploy.Reach.TryGetValue(key, out var place) ? $"{word} at {place}" : null, $"deploy.reach.{key}");
    }

    private static IEnumerable<MovedPart> Events(SystemPlan system)
    {
        var broker = system.Model.Broker;
        var topics = EventTopic.Of(system).Count;
        if (topics > 0)
        {
            yield return new MovedPart("events", null, broker.Kafka is { } kafka ? $"Kafka at {kafka}" : broker.Rabbitmq is { } rabbit ? $"RabbitMQ at {Plain(rabbit)}" : null, Count(topics, "topic"), "broker");
        }
    }

    private static IEnumerable<MovedPart> Secrets(SystemPlan system)
    {
        if (system.Services.Sum(service => PodParts.SecretsOf(service).Count) is > 0 and var secrets)
        {
            yield return new MovedPart("secrets", "the environment", VaultPlan.IsAskedFor(system.Model) ? $"Vault at {system.Model.Secrets.Vault}, as each service" : system.Model.Deploy.SecretStore is { } store ? $"ClusterSecretStore {store}" : "Secrets that somebody makes", Count(secrets, "value"), "deploy.secret-store");
        }
    }

    private static IEnumerable<MovedPart> Telemetry(SystemPlan system)
    {
        var deploy = system.Model.Deploy;
        yield return new MovedPart("traces and metrics", Conway, deploy.Telemetry is { } address ? $"{(deploy.Collector.Run == "own" ? "an own collector, " : "")}{Plain(address)}" : null, "all services", "deploy.telemetry");
        yield return new MovedPart("output", Conway, deploy.Logs.To switch { "elastic" => "Elasticsearch", "loki" => "Loki", "otlp" => "the collector", _ => "what the cluster keeps of it" }, "all services", "deploy.logs");
    }

    private static IEnumerable<MovedPart> Others(SystemPlan system) =>
        system.Model.Externals.Select(external => (external.Key, Address: Plain(external.Value.Address ?? ""))).Where(external => external.Address.Length > 0)
            .Select(external => new MovedPart("systems of others", external.Address, external.Address, external.Key, $"externals.{external.Key}"));

    private static bool IsMeshed(SystemModel model) => model.Mesh is "istio" or "linkerd" or "consul";

    private static string MeshOf(SystemModel model) => model.Mesh switch { "istio" => "Istio", "linkerd" => "Linkerd", _ => "Consul" };

    private static string PipelineOf(string by) => by switch { "github" => "GitHub Actions", "gitlab" => "GitLab CI", _ => "Jenkins" };

    /// <summary>A quantity of bytes as Kubernetes has it, shorter where nothing is lost.</summary>
    private static string Size(string quantity) =>
        !long.TryParse(quantity, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? quantity
        : new[] { ("Gi", 1L << 30), ("Mi", 1L << 20) }.FirstOrDefault(unit => bytes % unit.Item2 == 0) is (not null and var name, var each) ? string.Create(CultureInfo.InvariantCulture, $"{bytes / each}{name}") : quantity;

    /// <summary>An address without who signs in there.</summary>
    private static string Plain(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.UserInfo.Length > 0 ? address.Replace(uri.UserInfo + "@", "", StringComparison.Ordinal) : address;

    private static string Count(int number, string what) => $"{Text(number)} {what}{(number == 1 ? "" : "s")}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
