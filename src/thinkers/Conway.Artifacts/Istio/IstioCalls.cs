using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Meshes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Model;

namespace Conway.Artifacts.Istio;

/// <summary>How services call each other: time limits and further attempts where the callee stands, balancing and setting aside for each caller.</summary>
internal static class IstioCalls
{
    // A name may have 63 characters, and two of these and what stands between must fit.
    private const int PartMax = 28;

    /// <summary>What callers of a service keep to.</summary>
    public static IEnumerable<YamlMap> Into(SystemPlan system, ServicePlan callee)
    {
        if (callee.Callers.Count == 0)
        {
            yield break;
        }

        var rules = callee.Callers.SelectMany(name => RulesOf(system, system[name], callee));
        yield return KubeMetadata.Object(system, callee, IstioTarget.Networking, "VirtualService", callee.Label, callee.Label, "service", ArtifactRules.MeshCall).Set("spec", new YamlMap()
            .Set("hosts", new YamlList(IstioTarget.HostOf(system, callee)))
            .Set("exportTo", new YamlList("."))
            .Set("http", new YamlList([.. rules])));
    }

    /// <summary>How a service chooses among replicas of each that it calls, and how the gateway does among its own.</summary>
    public static IEnumerable<YamlMap> From(SystemPlan system, ServicePlan caller)
    {
        foreach (var (callee, call, path) in MeshCalls.Of(system, caller))
        {
            yield return KubeMetadata.Object(system, caller, IstioTarget.Networking, "DestinationRule", NameOf(caller, callee), caller.Label, "service", ArtifactRules.MeshBalance, $"calls.{callee.Name}").Set("spec", new YamlMap { Origin = new Origin(path, ArtifactRules.MeshBalance) }
                .Set("host", IstioTarget.HostOf(system, callee))
                .Set("exportTo", new YamlList("."))
                .Set("workloadSelector", new YamlMap().Set("matchLabels", IstioTarget.Workload(caller)))
                .Set("trafficPolicy", Policy(system, callee, call.Balance, call.Outlier, call.Protocol == CallProtocol.Grpc, path)));
        }

        if (caller.IsRouted && system.Model.Deploy.Edge is { Namespace: { } edge } place && (EdgeObjects.IsIstio(system) || place is { Kind: "gateway-api", Class: IstioTarget.Name }))
        {
            yield return KubeMetadata.Object(system, caller, IstioTarget.Networking, "DestinationRule", $"{Part(caller)}-edge", caller.Label, "service", ArtifactRules.MeshBalance).Set("spec", new YamlMap()
                .Set("host", IstioTarget.HostOf(system, caller))
                .Set("exportTo", new YamlList(edge), ArtifactRules.MeshEdge, "deploy.edge.namespace")
                .Set("trafficPolicy", Policy(system, caller, BalancePolicy.PeakEwma, new Outlier(), false, caller.Path)));
        }
    }

    /// <summary>A rule with its attempts: one for what may be repeated, and one for everything else where those differ.</summary>
    /// <param name="name">Of the rule.</param>
    /// <param name="matches">What the rule takes, given the methods and headers that it is narrowed to.</param>
    /// <param name="about">Sets what the rule does beside times and attempts.</param>
    public static IEnumerable<YamlMap> Attempts(string name, Origin origin, IReadOnlyList<string> methods, int retries, TimeSpan attempt, TimeSpan all, Func<IReadOnlyList<string>?, bool, IEnumerable<YamlNode>> matches, Action<YamlMap> about)
    {
        YamlMap Rule(string called, IEnumerable<YamlNode> taken, YamlMap again)
        {
            var rule = new YamlMap { Origin = origin }.Set("name", called).Set("match", new YamlList([.. taken]));
            about(rule);
            return rule.Set("timeout", MeshCalls.Duration(all)).Set("retries", again, ArtifactRules.MeshRepeat, origin.Path);
        }

        if (retries > 0)
        {
            string[] safe = methods.Count == 0 ? [.. MeshCalls.Repeatable] : [.. MeshCalls.Repeatable.Intersect(methods, StringComparer.Ordinal)];
            IEnumerable<YamlNode> may = safe.Length > 0 ? matches(safe, false) : [];
            yield return Rule($"{name}-again", may.Concat(matches(null, true)), new YamlMap().Set("attempts", retries).Set("perTryTimeout", MeshCalls.Duration(attempt)).Set("retryOn", string.Join(',', MeshCalls.Failed)));
        }

        yield return Rule(name, matches(null, false), new YamlMap().Set("attempts", MeshCalls.Elsewhere).Set("perTryTimeout", MeshCalls.Duration(attempt)).Set("retryOn", string.Join(',', MeshCalls.Refused)));
    }

    public static YamlMap Destination(SystemPlan system, string label) =>
        new YamlMap().Set("host", $"{label}.{KubeMetadata.NamespaceOf(system)}.svc.cluster.local").Set("port", new YamlMap().Set("number", SystemPlan.Port));

    /// <summary>Methods as one condition.</summary>
    public static YamlMap Methods(IReadOnlyList<string> methods) => methods.Count == 1 ? new YamlMap().Set("exact", methods[0]) : new YamlMap().Set("regex", string.Join('|', methods));

    /// <summary>The request says itself that it may be repeated.</summary>
    public static YamlMap IdempotencyKey() => new YamlMap().Set("idempotency-key", new YamlMap().Set("regex", ".+"));

    private static IEnumerable<YamlMap> RulesOf(SystemPlan system, ServicePlan caller, ServicePlan callee)
    {
        var (call, path) = (caller.Service.Calls[callee.Name], $"{caller.Path}.calls.{callee.Name}");
        var attempt = MeshCalls.AttemptOf(call.Timeout, call.Budget ?? caller.Service.Api.Budget);
        YamlMap Match() => new YamlMap().Set("sourceLabels", IstioTarget.Workload(caller));
        return Attempts(
            $"from-{caller.Label}", new Origin(path, ArtifactRules.MeshCall), [], call.Retries, attempt, call.Budget ?? attempt * (call.Retries + 1),
            (methods, keyed) => [Match().SetIf(methods is not null, "method", () => Methods(methods!)).SetIf(keyed, "headers", IdempotencyKey)],
            rule => rule.Set("route", new YamlList(new YamlMap().Set("destination", Destination(system, callee.Label)))));
    }

    private static YamlMap Policy(SystemPlan system, ServicePlan callee, BalancePolicy balance, Outlier outlier, bool isGrpc, string path)
    {
        var policy = new YamlMap()
            .Set("loadBalancer", new YamlMap().Set("simple", balance == BalancePolicy.RoundRobin ? "ROUND_ROBIN" : "LEAST_REQUEST"), ArtifactRules.MeshBalance, path);
        var pool = new YamlMap().Set("tcp", new YamlMap().Set("connectTimeout", MeshCalls.ConnectTimeout));
        if (isGrpc && !AllSpeakGrpc(system, callee))
        {
            pool.Set("http", new YamlMap().Set("useClientProtocol", true), ArtifactRules.AppProtocol, path);
        }

        policy.Set("connectionPool", pool);
        if (outlier.Consecutive5xx > 0)
        {
            policy.Set("outlierDetection", new YamlMap()
                .Set("consecutive5xxErrors", outlier.Consecutive5xx)
                .Set("interval", "10s")
                .Set("baseEjectionTime", MeshCalls.Duration(outlier.BaseEjection))
                .Set("maxEjectionPercent", EjectedMax(system, callee, outlier))
                .Set("minHealthPercent", 50));
        }

        return system.Model.Policies.Mtls switch
        {
            MtlsMode.Strict => policy.Set("tls", new YamlMap().Set("mode", "ISTIO_MUTUAL"), ArtifactRules.MeshTls, "policies.mtls"),
            MtlsMode.Off => policy.Set("tls", new YamlMap().Set("mode", "DISABLE"), ArtifactRules.Declared, "policies.mtls"),
            _ => policy,
        };
    }

    // One may always be set aside, and with two replicas a tenth of them is none.
    private static int EjectedMax(SystemPlan system, ServicePlan callee, Outlier outlier) =>
        Math.Max((int)Math.Ceiling(outlier.MaxEjected.Percent), (int)Math.Ceiling(100.0 / Math.Max(1, KubeService.Of(system, callee, []).Least)));

    private static bool AllSpeakGrpc(SystemPlan system, ServicePlan callee) =>
        !callee.IsRouted && callee.Callers.All(caller => system[caller].Service.Calls[callee.Name].Protocol == CallProtocol.Grpc);

    private static string NameOf(ServicePlan caller, ServicePlan callee) => $"{Part(caller)}-to-{Part(callee)}";

    // The word between must stand there once, or two calls could have one name.
    private static string Part(ServicePlan plan) => ObjectNames.Derived(plan.Label, "", name => name.Contains("-to-", StringComparison.Ordinal), PartMax);
}
