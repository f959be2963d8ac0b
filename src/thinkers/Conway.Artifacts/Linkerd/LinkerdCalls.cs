using System.Globalization;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Meshes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Model;

namespace Conway.Artifacts.Linkerd;

/// <summary>How a service is called: Linkerd keeps that with the Service, so it is one for all callers and the gateway, the most patient and the one that tries least.</summary>
internal static class LinkerdCalls
{
    /// <summary>What all who call a service keep to.</summary>
    /// <param name="Again">Further attempts, the fewest of any.</param>
    /// <param name="Attempt">The longest that any gives one attempt.</param>
    /// <param name="All">The longest that any gives all of them.</param>
    internal sealed record Limits(int Again, TimeSpan Attempt, TimeSpan All);

    /// <summary>Null when nobody calls.</summary>
    public static Limits? Of(SystemPlan system, ServicePlan plan)
    {
        var all = CallersOf(system, plan).Select(one => LimitsOf(one.Caller, one.Call)).Concat(system.Model.Gateway.Routes.Where(route => route.Answering().Contains(plan.Name)).Select(route =>
        {
            var attempt = MeshCalls.AttemptOf(route.Timeout, system[route.To].Service.Api.Budget);
            return new Limits(route.Retries, attempt, attempt * (route.Retries + 1));
        })).ToArray();
        return all.Length == 0 ? null : new Limits(all.Min(one => one.Again), all.Max(one => one.Attempt), all.Max(one => one.All));
    }

    /// <summary>What one caller would keep to by the model.</summary>
    public static Limits LimitsOf(ServicePlan caller, Call call)
    {
        var attempt = MeshCalls.AttemptOf(call.Timeout, call.Budget ?? caller.Service.Api.Budget);
        return new Limits(call.Retries, attempt, call.Budget ?? attempt * (call.Retries + 1));
    }

    public static IEnumerable<(ServicePlan Caller, Call Call, string Path)> CallersOf(SystemPlan system, ServicePlan plan) =>
        plan.Callers.Select(name => (system[name], system[name].Service.Calls[plan.Name], $"{system[name].Path}.calls.{plan.Name}"));

    /// <summary>Routes by which it is called: one for what may be repeated, and one for everything else.</summary>
    public static IEnumerable<YamlMap> Into(SystemPlan system, ServicePlan plan)
    {
        if (Of(system, plan) is not { } limits)
        {
            yield break;
        }

        if (limits.Again > 0)
        {
            yield return Route(system, plan, "-again", ArtifactRules.MeshRepeat, [.. MeshCalls.Repeatable.Select(method => Any().Set("method", method)), Any().Set("headers", new YamlList(new YamlMap().Set("name", "idempotency-key").Set("type", "RegularExpression").Set("value", ".+")))],
                new YamlMap().Set("retry.linkerd.io/http", "gateway-error").Set("retry.linkerd.io/limit", limits.Again.ToString(CultureInfo.InvariantCulture)).Set("retry.linkerd.io/timeout", MeshCalls.Duration(limits.Attempt)).Set("timeout.linkerd.io/request", MeshCalls.Duration(limits.All)));
        }

        yield return Route(system, plan, "-once", ArtifactRules.MeshLongest, [Any()], new YamlMap().Set("timeout.linkerd.io/request", MeshCalls.Duration(limits.All)));
    }

    /// <summary>Adds to a Service when a replica is set aside.</summary>
    public static YamlMap Breaking(SystemPlan system, ServicePlan plan, YamlMap service)
    {
        if (Tolerance(system, plan) is { } outlier)
        {
            var metadata = (YamlMap)service["metadata"]!;
            var annotations = metadata["annotations"] as YamlMap ?? new YamlMap();
            metadata.Put("annotations", annotations
                .Set("balancer.linkerd.io/failure-accrual", "consecutive", ArtifactRules.MeshBalance, plan.Path)
                .Set("balancer.linkerd.io/failure-accrual-consecutive-max-failures", outlier.Consecutive5xx.ToString(CultureInfo.InvariantCulture), ArtifactRules.MeshBalance, plan.Path)
                .Set("balancer.linkerd.io/failure-accrual-consecutive-min-penalty", MeshCalls.Duration(outlier.BaseEjection), ArtifactRules.MeshBalance, plan.Path)
                .Set("balancer.linkerd.io/failure-accrual-consecutive-max-penalty", MeshCalls.Duration(outlier.BaseEjection * 10), ArtifactRules.MeshBalance, plan.Path));
        }

        return service;
    }

    /// <summary>What the most tolerant of its callers takes; null when one of them sets nobody aside, or nobody calls.</summary>
    public static Outlier? Tolerance(SystemPlan system, ServicePlan plan)
    {
        var all = CallersOf(system, plan).Select(one => one.Call.Outlier).ToArray();
        return all.Length == 0 || all.Any(one => one.Consecutive5xx == 0) ? null : new Outlier { Consecutive5xx = all.Max(one => one.Consecutive5xx), BaseEjection = all.Min(one => one.BaseEjection) };
    }

    private static YamlMap Any() => new YamlMap().Set("path", new YamlMap().Set("type", "PathPrefix").Set("value", "/"));

    private static YamlMap Route(SystemPlan system, ServicePlan plan, string suffix, ArtifactRule rule, YamlNode[] matches, YamlMap annotations)
    {
        var route = KubeMetadata.Object(system, plan, LinkerdTarget.Gateway, "HTTPRoute", ObjectNames.Derived(plan.Label, suffix, name => system.Services.Any(other => other.Label == name)), plan.Label, "service", rule);
        var metadata = (YamlMap)route["metadata"]!;
        var all = metadata["annotations"] as YamlMap ?? new YamlMap();
        foreach (var (name, value) in annotations.Entries)
        {
            all.Set(name, value, rule, plan.Path);
        }

        metadata.Put("annotations", all);
        return route.Set("spec", new YamlMap()
            .Set("parentRefs", new YamlList(new YamlMap().Set("group", "").Set("kind", "Service").Set("name", plan.Label).Set("port", SystemPlan.Port)))
            .Set("rules", new YamlList(new YamlMap().Set("matches", new YamlList(matches)).Set("backendRefs", new YamlList(new YamlMap().Set("name", plan.Label).Set("port", SystemPlan.Port))))));
    }
}
