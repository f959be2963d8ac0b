using Conway.Artifacts.Meshes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Model;

namespace Conway.Artifacts.Consul;

/// <summary>How services call each other. What Consul keeps at the callee holds for all its callers; setting aside is the caller's.</summary>
internal static class ConsulCalls
{
    /// <summary>Whether a service also answers what comes without TLS.</summary>
    public static bool IsPlainTaken(SystemPlan system, ServicePlan plan) => plan.Service.Expose is not null || !RoutePlan.HasIdentity(system);

    /// <summary>How a service is spoken to, and when it sets replicas of others aside.</summary>
    public static YamlMap Defaults(SystemPlan system, ServicePlan plan)
    {
        var overrides = MeshCalls.Of(system, plan).Select(call => (YamlNode)Override(system, call.Callee, call.Call, call.Path)).ToArray();
        return ConsulTarget.Object(system, plan, "ServiceDefaults", ArtifactRules.MeshCall).Set("spec", new YamlMap()
            .Set("protocol", ProtocolOf(system, plan), ArtifactRules.MeshProtocol, plan.Path)
            .Set("mutualTLSMode", IsPlainTaken(system, plan) ? "permissive" : "strict", ArtifactRules.MeshTls, RoutePlan.HasIdentity(system) && plan.Service.Expose is not null ? $"{plan.Path}.expose" : "policies.mtls")
            .Set("localRequestTimeoutMs", (int)Math.Min(int.MaxValue, Math.Ceiling(Longest(system, plan).TotalMilliseconds)), ArtifactRules.MeshLongest, plan.Path)
            .SetIf(overrides.Length > 0, "upstreamConfig", () => new YamlMap().Set("overrides", new YamlList(overrides))));
    }

    /// <summary>What all callers of a service keep to.</summary>
    public static IEnumerable<YamlMap> Into(SystemPlan system, ServicePlan callee)
    {
        if (callee.Callers.Count == 0 && !callee.IsRouted)
        {
            yield break;
        }

        var calls = callee.Callers.Select(name => system[name].Service.Calls[callee.Name]).ToArray();
        yield return ConsulTarget.Object(system, callee, "ServiceResolver", ArtifactRules.MeshBalance).Set("spec", new YamlMap()
            .Set("connectTimeout", MeshCalls.ConnectTimeout)
            .Set("loadBalancer", new YamlMap().Set("policy", calls.Length > 0 && calls.All(call => call.Balance == BalancePolicy.RoundRobin) ? "round_robin" : "least_request")));
        if (calls.Length > 0)
        {
            yield return ConsulTarget.Object(system, callee, "ServiceRouter", ArtifactRules.MeshCall).Set("spec", new YamlMap().Set("routes", new YamlList([.. Routes(system, callee, calls)])));
        }
    }

    /// <summary>How long a call may take with all its attempts.</summary>
    public static TimeSpan All(ServicePlan caller, Call call) => call.Budget ?? MeshCalls.AttemptOf(call.Timeout, caller.Service.Api.Budget) * (call.Retries + 1);

    /// <summary>The time that the most patient of the callers takes.</summary>
    public static TimeSpan Patience(SystemPlan system, ServicePlan callee) => callee.Callers.Max(name => All(system[name], system[name].Service.Calls[callee.Name]));

    private static IEnumerable<YamlNode> Routes(SystemPlan system, ServicePlan callee, Call[] calls)
    {
        var (again, all) = (calls.Min(call => call.Retries), MeshCalls.Duration(Patience(system, callee)));
        YamlMap To(int retries, IReadOnlyList<string> on) => new YamlMap().Set("requestTimeout", all).Set("numRetries", retries, ArtifactRules.MeshRepeat, callee.Path).Set("retryOn", YamlList.Of(on), ArtifactRules.MeshRepeat, callee.Path);
        YamlMap Route(YamlMap http) => new YamlMap().Set("match", new YamlMap().Set("http", http)).Set("destination", To(again, MeshCalls.Failed));
        if (again > 0)
        {
            yield return Route(new YamlMap().Set("methods", YamlList.Of(MeshCalls.Repeatable)));
            yield return Route(new YamlMap().Set("header", new YamlList(new YamlMap().Set("name", "idempotency-key").Set("regex", ".+"))));
        }

        yield return new YamlMap().Set("destination", To(MeshCalls.Elsewhere, MeshCalls.Refused));
    }

    private static YamlMap Override(SystemPlan system, ServicePlan callee, Call call, string path)
    {
        var check = call.Outlier.Consecutive5xx == 0
            ? new YamlMap().Set("enforcingConsecutive5xx", 0)
            : new YamlMap()
                .Set("interval", "10s")
                .Set("maxFailures", call.Outlier.Consecutive5xx)
                .Set("enforcingConsecutive5xx", 100)
                .Set("maxEjectionPercent", (int)Math.Ceiling(call.Outlier.MaxEjected.Percent))
                .Set("baseEjectionTime", MeshCalls.Duration(call.Outlier.BaseEjection));
        return new YamlMap { Origin = new Origin(path, ArtifactRules.MeshBalance) }.Set("name", callee.Label).Set("passiveHealthCheck", check);
    }

    /// <summary>One protocol for all callers: gRPC where all speak it, HTTP/2 where some do, because HTTP/1.1 would not carry it.</summary>
    private static string ProtocolOf(SystemPlan system, ServicePlan plan)
    {
        var speak = plan.Callers.Count(name => system[name].Service.Calls[plan.Name].Protocol == CallProtocol.Grpc);
        return speak == 0 ? "http" : speak == plan.Callers.Count && !plan.IsRouted ? "grpc" : "http2";
    }

    /// <summary>The proxy beside the callee has a limit of its own, 15 s unless it is told, that must not come before those of callers and routes.</summary>
    private static TimeSpan Longest(SystemPlan system, ServicePlan plan)
    {
        var calls = plan.Callers.Select(name => All(system[name], system[name].Service.Calls[plan.Name]));
        var routes = system.Model.Gateway.Routes.Where(route => route.Answering().Contains(plan.Name)).Select(route => MeshCalls.AttemptOf(route.Timeout, system[route.To].Service.Api.Budget) * (route.Retries + 1));
        return calls.Concat(routes).DefaultIfEmpty(MeshCalls.AttemptOf(null, plan.Service.Api.Budget)).Max();
    }
}
