using System.Globalization;
using Conway.Lowering;
using Conway.Model;
using Conway.Supervision;

namespace Conway.Node;

/// <summary>Makes what is shown of a service from what is known of it. Pure.</summary>
internal static class ServiceViews
{
    public static ServiceView Of(ServiceUnit unit, SystemModel model, RunPlan plan, IReadOnlyList<string> waitingFor, ILookup<string, Ejection> ejections)
    {
        model.Services.TryGetValue(unit.Plan.Name, out var service);
        var replicas = Replicas(unit, waitingFor);
        return new ServiceView
        {
            Name = unit.Plan.Name,
            Description = service?.Description,
            Context = service?.Context,
            Team = model.TeamOf(service),
            Kind = unit.Plan.Kind,
            Tags = service?.Tags ?? [],
            State = StateOf(unit, replicas),
            Wanted = unit.StoppedByHand ? 0 : unit.Plan.Replicas.Count,
            WaitingFor = waitingFor,
            Urls = [.. plan.Routes.Where(r => r.Route.To == unit.Plan.Name).Select(r => RouteUrl(plan, r))],
            Replicas = replicas,
            Build = unit.Build,
            Ejections = [.. replicas.SelectMany(replica => ejections[replica.Name])],
        };
    }

    /// <summary>The route's address as a person would open it: without wildcards.</summary>
    public static string RouteUrl(RunPlan plan, RoutePlan route)
    {
        var star = route.Route.Path.IndexOfAny(['*', '{']);
        var path = star < 0 ? route.Route.Path : route.Route.Path[..star];
        path = path.Length > 1 ? path.TrimEnd('/') : path;
        return string.Create(CultureInfo.InvariantCulture, $"http://{(route.Route.Host is { } host && !host.StartsWith('*') ? host : "127.0.0.1")}:{plan.Platform.GatewayPort}{(path.Length == 0 ? "/" : path)}");
    }

    private static IReadOnlyList<ReplicaStatus> Replicas(ServiceUnit unit, IReadOnlyList<string> waitingFor)
    {
        var running = unit.Supervisor.Replicas;
        if (running.Count == 0)
        {
            var state = unit.Build.State switch
            {
                BuildState.Failed => ReplicaState.Failed,
                BuildState.Running or BuildState.Waiting => ReplicaState.Building,
                _ => unit.StoppedByHand ? ReplicaState.Stopped : ReplicaState.Starting,
            };
            return [.. unit.Plan.Replicas.Select(r => new ReplicaStatus
            {
                Name = r.Name, Service = unit.Plan.Name, Number = r.Number, Port = r.Port, State = state,
                Reason = state == ReplicaState.Failed ? "it does not build" : null,
            })];
        }

        return waitingFor.Count == 0 || unit.GateOpen
            ? running
            : [.. running.Select(r => r.State == ReplicaState.Healthy ? r with { State = ReplicaState.Waiting, Reason = $"waits for {string.Join(", ", waitingFor)}" } : r)];
    }

    private static ReplicaState StateOf(ServiceUnit unit, IReadOnlyList<ReplicaStatus> replicas)
    {
        if (unit.StoppedByHand && replicas.All(r => r.State == ReplicaState.Stopped))
        {
            return ReplicaState.Stopped;
        }

        if (unit.Plan.Replicas.Count == 0)
        {
            return ReplicaState.Stopped;
        }

        // In this order: what a person has to act on first, then what passes by itself.
        ReplicaState[] worstFirst =
        [
            ReplicaState.Failed, ReplicaState.Unhealthy, ReplicaState.Building, ReplicaState.Starting, ReplicaState.Stopping, ReplicaState.Waiting, ReplicaState.Stopped,
        ];
        // One too many that is on its way out says nothing about the service.
        var planned = replicas.Where(r => unit.Plan.Replicas.Any(p => p.Number == r.Number));
        return worstFirst.Cast<ReplicaState?>().FirstOrDefault(s => planned.Any(r => r.State == s)) ?? ReplicaState.Healthy;
    }
}
