using System.Globalization;
using Conway.Gateway;
using Conway.Mesh;
using Conway.Model;
using Conway.Traffic;

namespace Conway.Lowering;

/// <summary>Where the replicas of a service can be reached now, by service.</summary>
/// <remarks>What changes from second to second; the plan is what does not.</remarks>
public sealed record LiveEndpoints(NameMap<ValueList<Endpoint>> ByService)
{
    public IReadOnlyList<Endpoint> Of(string service) => ByService.TryGetValue(service, out var endpoints) ? endpoints : [];
}

/// <summary>Makes each engine's own table from the plan and from where the replicas are. Pure.</summary>
public static class EngineTables
{
    /// <summary>One listener for each caller and callee.</summary>
    public static PeerTable Peers(RunPlan plan, LiveEndpoints live) =>
        new([.. plan.Listeners.Select(l => new PeerListener(l.Caller, l.Callee, l.Port, Policy(l), live.Of(l.Callee)) { RequestBudget = l.RequestBudget })]);

    /// <summary>The gateway's routes, and a cluster for each service they lead to.</summary>
    public static RouteTable Routes(RunPlan plan, LiveEndpoints live) => new(
        [.. plan.Routes.Select(Route)],
        [.. plan.Routes.Select(r => r.Route.To).Distinct().Select(name => new GatewayCluster(name, live.Of(name), new CallPolicy()))]);

    internal static GatewayRoute Route(RoutePlan plan) => new()
    {
        Id = plan.Id,
        Hosts = plan.Route.Host is { } host ? [host] : [],
        Path = PathMatch.Pattern(plan.Route.Path),
        Methods = [.. plan.Route.Methods.Select(m => m.ToUpperInvariant())],
        Headers = [.. plan.Route.Headers.Select(h => new ValueMatch(h.Key, h.Value))],
        Query = [.. plan.Route.Query.Select(q => new ValueMatch(q.Key, q.Value))],
        Rewrite = plan.Route.Rewrite is { } prefix ? new Rewrite { ReplacePrefix = prefix } : null,
        Cluster = plan.Route.To,
        Timeout = plan.AttemptTimeout * (plan.Route.Retries + 1),
        Retries = plan.Route.Retries,
    };

    private static CallPolicy Policy(ListenerPlan plan) => new()
    {
        AttemptTimeout = plan.AttemptTimeout,
        Budget = plan.Budget,
        Retries = plan.Retries,
        Balancer = plan.Balance switch
        {
            BalancePolicy.LeastRequest => BalancerKind.LeastRequest,
            BalancePolicy.RoundRobin => BalancerKind.RoundRobin,
            _ => BalancerKind.PeakEwma,
        },
        Outlier = new OutlierSettings
        {
            Consecutive5xx = plan.Outlier.Consecutive5xx,
            BaseEjectionTime = plan.Outlier.BaseEjection,
            MaxEjectionPercent = (int)Math.Ceiling(plan.Outlier.MaxEjected.Percent),
        },
    };

    /// <summary><c>127.0.0.1:41873</c></summary>
    public static string Address(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
}
