using Conway.Checks;
using Conway.Checks.Sources;
using Conway.Console.FromNode;
using Conway.Lowering;
using Conway.Model;

namespace Conway.Console.FromModel;

/// <summary>Services and what is around them, as the model declares them. Pure.</summary>
internal static class DeclaredServices
{
    public static Api.DeclaredService Of(CheckSubject subject, string name, Service service)
    {
        var model = subject.Model;
        return new Api.DeclaredService(
            name, service.Description, service.Context, subject.OwnerOf(service),
            service.Project is { } project ? $".NET project {project}" : service.Command ?? "", service.Replicas, service.Tags,
            service.Api.Rest, service.Api.Grpc, service.Api.Versions, service.Api.Budget?.TotalMilliseconds,
            [.. model.Gateway.Routes.Where(route => route.To == name).Select(route => new Api.DeclaredRoute(route.Path, route.Methods))],
            [.. service.Calls.Select(call => new Api.DeclaredCall(call.Key, call.Value.Protocol == CallProtocol.Grpc ? "grpc" : "http", call.Value.Timeout?.TotalMilliseconds, call.Value.Retries, call.Value.Required))],
            [.. service.Owns.Select(store => new Api.DeclaredStore(store.Key, EngineOf(model, store.Value), store.Value.Tables, store.Value.Pii))],
            [.. service.Publishes.Select(one => new Api.DeclaredEvent(one.Key, one.Value.Topic ?? name, [.. model.Services.Where(other => other.Key != name && other.Value.Consumes.Contains(one.Key)).Select(other => other.Key)]))],
            [.. service.Consumes.Select(one => new Api.DeclaredEvent(one, null, [.. model.Services.Where(other => other.Key != name && other.Value.Publishes.ContainsKey(one)).Select(other => other.Key)]))],
            [.. model.Jobs.Where(job => job.Value.Service == name).Select(job => new Api.DeclaredJob(job.Key, job.Value.When()))],
            [.. model.Sagas.Where(saga => saga.Value.Owner == name || saga.Value.Steps.Any(step => step.Call.StartsWith(name + ".", StringComparison.Ordinal))).Select(saga => saga.Key)]);
    }

    /// <summary>Services that a journey meets at the gateway, as far as it is known before a run.</summary>
    public static IReadOnlyList<string> ReachedBy(GatewayEntry gateway, Journey journey) =>
        [.. journey.Steps.Select(step => step.Request() is var (method, path) ? gateway.ServiceOf(method, path) : null).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>What stands outside: what the model names, then what the source does, when somebody looked.</summary>
    public static IEnumerable<Api.ExternalSystem> Externals(CheckSubject subject)
    {
        var model = subject.Model;
        IReadOnlyList<string> speaking = [.. model.Services.Where(one => one.Value.Publishes.Count + one.Value.Consumes.Count > 0).Select(one => one.Key)];
        foreach (var (address, kind) in new[] { (model.Broker.Kafka, "Kafka broker"), (model.Broker.Rabbitmq, "RabbitMQ broker") })
        {
            if (address is not null)
            {
                yield return new Api.ExternalSystem(address, kind, speaking, null);
            }
        }

        if (model.Secrets.Vault is { } vault)
        {
            yield return new Api.ExternalSystem(vault, "Vault, keeps secrets", [], null);
        }

        foreach (var (name, external) in model.Externals)
        {
            yield return new Api.ExternalSystem(name, external.Description ?? external.Address, [.. model.Services.Where(one => one.Value.Uses.Contains(name)).Select(one => one.Key)], null);
        }

        foreach (var host in ExternalHost.Of(subject).GroupBy(one => one.Host, StringComparer.Ordinal))
        {
            yield return new Api.ExternalSystem(host.Key, "named in the source", [.. host.Select(one => one.Service)], ShownFindings.PlaceOf(host.First().Place));
        }
    }

    private static string EngineOf(SystemModel model, Store store) => store.Engine?.ToString().ToLowerInvariant() ?? model.Database ?? "sqlite";
}
