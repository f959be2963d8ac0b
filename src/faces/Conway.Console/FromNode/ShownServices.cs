using Conway.Lowering;
using Conway.Model;
using Conway.Node;
using Conway.Supervision;

namespace Conway.Console.FromNode;

/// <summary>Services of the node in the words of the API. Pure.</summary>
internal static class ShownServices
{
    public static Api.ServiceState StateOf(ReplicaState state) => state switch
    {
        ReplicaState.Stopped => Api.ServiceState.Stopped,
        ReplicaState.Building => Api.ServiceState.Building,
        ReplicaState.Starting => Api.ServiceState.Starting,
        ReplicaState.Waiting => Api.ServiceState.Waiting,
        ReplicaState.Healthy => Api.ServiceState.Healthy,
        ReplicaState.Unhealthy => Api.ServiceState.Unhealthy,
        ReplicaState.Failed => Api.ServiceState.Failed,
        ReplicaState.Stopping => Api.ServiceState.Stopping,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Every state has a word."),
    };

    public static Api.ServiceInfo Of(ServiceView view, Api.Rate? rate) => new()
    {
        Name = view.Name,
        Description = view.Description,
        Context = view.Context,
        Team = view.Team,
        Kind = view.Kind == ServiceKind.Project ? Api.ServiceKind.Project : Api.ServiceKind.Command,
        Tags = view.Tags,
        State = StateOf(view.State),
        Wanted = view.Wanted,
        WaitingFor = view.WaitingFor,
        Urls = view.Urls,
        Replicas = [.. view.Replicas.Select(replica => ReplicaOf(replica, [.. view.Ejections.Where(one => one.Replica == replica.Name)]))],
        Build = BuildOf(view.Build),
        Rate = rate,
    };

    public static Api.ServiceDetail Of(ServiceView view, Api.Rate? rate, ServiceDetail detail, DateTimeOffset now)
    {
        var info = Of(view, rate);
        var probed = view.Replicas.Where(replica => replica.CheckedAt is not null).MaxBy(replica => replica.CheckedAt);
        return new()
        {
            Name = info.Name,
            Description = info.Description,
            Context = info.Context,
            Team = info.Team,
            Kind = info.Kind,
            Tags = info.Tags,
            State = info.State,
            Wanted = info.Wanted,
            WaitingFor = info.WaitingFor,
            Urls = info.Urls,
            Replicas = info.Replicas,
            Build = info.Build,
            Rate = info.Rate,
            Environment = [.. detail.Environment.Select(one => new Api.EnvironmentVariable(one.Name, one.Masked ? "" : one.Value, one.Masked, one.From))],
            Calls = [.. detail.Calls.Select(call => CallOf(call, now))],
            Stores = [.. detail.Stores.Select(store => new Api.Store(store.Name, store.Engine, store.Location, store.SizeBytes))],
            Routes = [.. detail.Routes.Select(route => new Api.GatewayRoute(route.Path, route.Methods, route.Url))],
            Health = new(detail.Plan.Health.Path ?? "a TCP connect", detail.Plan.Health.Interval.TotalMilliseconds, probed?.CheckedAt, probed?.LastAnswer),
            Slo = detail.Slo is { } slo ? new(slo.Availability?.Percent, slo.Latency?.P99?.TotalMilliseconds) : null,
        };
    }

    private static Api.Replica ReplicaOf(ReplicaStatus status, Ejection[] ejections) => new(
        status.Name, status.Number, StateOf(status.State), status.Pid, status.Port, $"http://127.0.0.1:{status.Port}", status.StartedAt,
        status.Restarts, status.ExitCode, status.Reason,
        ejections.Length == 0 ? null : ejections.Max(one => one.Until), [.. ejections.Select(one => one.Caller)], status.LastLog);

    private static Api.Build BuildOf(BuildView build) => new(
        build.State switch
        {
            BuildState.Waiting => Api.BuildState.Waiting,
            BuildState.Running => Api.BuildState.Running,
            BuildState.Succeeded => Api.BuildState.Succeeded,
            BuildState.Failed => Api.BuildState.Failed,
            _ => Api.BuildState.None,
        },
        build.StartedAt, build.State is BuildState.Succeeded or BuildState.Failed ? build.Duration.TotalMilliseconds : null, build.Lines);

    private static Api.Call CallOf(CallView call, DateTimeOffset now)
    {
        var listener = call.Listener;
        var balance = listener.Balance switch
        {
            BalancePolicy.PeakEwma => "peak-ewma",
            BalancePolicy.LeastRequest => "least-request",
            _ => "round-robin",
        };
        return new(
            listener.Callee, $"http://127.0.0.1:{listener.Port}", listener.AttemptTimeout.TotalMilliseconds, listener.Budget.TotalMilliseconds, listener.Retries, balance, listener.Required,
            [.. (call.Pool?.Endpoints ?? []).Select(one => new Api.Endpoint(
                one.Id, one.Address, one.Health.ToString().ToLowerInvariant(), one.InFlight, one.Requests == 0 ? null : one.Ewma.TotalMilliseconds,
                one.EjectedFor is { } rest ? now + rest : null, one.Requests, one.Failures))]);
    }
}
