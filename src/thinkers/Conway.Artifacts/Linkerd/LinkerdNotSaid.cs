using System.Globalization;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Meshes;
using Conway.Artifacts.Plans;
using Conway.Model;

namespace Conway.Artifacts.Linkerd;

/// <summary>What the model says and Linkerd does not, each with the key that says it.</summary>
internal static class LinkerdNotSaid
{
    public static IEnumerable<(string Path, string Text)> Of(SystemPlan system)
    {
        yield return ("mesh", "Further attempts have no budget for all callers together, where a run allows a fifth of the requests under way, and three at least.");
        yield return ("mesh", "How much time a request has left is not handed on from one service to the next.");
        yield return ("mesh", "A time limit ends an answer that is sent bit by bit too, where a run lets it go on once it has begun.");
        yield return ("mesh", "What is reached outside of the mesh is passed as it comes; only the policies of the network say what that is.");
        yield return ("mesh", "A probe that only connects reaches the proxy, which answers whether the service does or not.");
        yield return ("mesh", "Linkerd reads a path as it is sent: who may ask for some paths only is refused where it has dot segments, an empty segment, a letter that needs no escape escaped where a word is asked for, or an escaped dot at the beginning of a segment.");
        if (system.Model.Deploy.Mesh.Revision is { } revision)
        {
            yield return ("deploy.mesh.revision", $"Linkerd has one control plane in a cluster and no revisions: pods join it whatever '{revision}' says.");
        }

        foreach (var (path, text) in Gateway(system).Concat(Policies(system)).Concat(system.Services.SelectMany(plan => Callee(system, plan).Concat(Asked(system, plan)))))
        {
            yield return (path, text);
        }
    }

    private static IEnumerable<(string, string)> Gateway(SystemPlan system)
    {
        if (system.Model.Gateway.Routes.Count == 0)
        {
            yield break;
        }

        yield return ("gateway", "What leads in is not made by Linkerd; its pods must be in the mesh too, because without a certificate nobody is let in.");
        yield return ("gateway", "Every pod in the gateway's namespace may ask for what routes lead to: which route a request came by, its host, headers and query, and shares are the gateway's matter.");
        for (var i = 0; i < system.Model.Gateway.Routes.Count; i++)
        {
            var (route, path) = (system.Model.Gateway.Routes[i], string.Create(CultureInfo.InvariantCulture, $"gateway.routes[{i}]"));
            if (route.Limit is { } limit)
            {
                yield return ($"{path}.limit", $"The route '{route.Path}' may be asked more often than {limit.Rate} per {limit.Per}: Linkerd counts by replica and identity, and the gateway is one.");
            }

            if (route.Auth is not null)
            {
                yield return ($"{path}.auth", $"The route '{route.Path}' asks for no token: Linkerd reads none.");
            }
        }
    }

    private static IEnumerable<(string, string)> Policies(SystemPlan system)
    {
        if (!RoutePlan.HasIdentity(system))
        {
            yield return ("policies.mtls", system.Model.Policies.Mtls == MtlsMode.Off
                ? "Services of the mesh speak TLS with each other, because Linkerd knows nothing else; who comes without it is answered too."
                : "Who comes without TLS is asked nothing; only the policies of the network keep others out.");
        }
        else if (system.Model.Policies.Mtls == MtlsMode.Strict)
        {
            yield return ("policies.mtls", "Addresses of 'expose.from' and probes of the node come without TLS.");
        }

        if (system.Model.Policies.Pii.Mask.Count > 0)
        {
            yield return ("policies.pii.mask", "Nothing is masked in what proxies write down; they write no bodies.");
        }
    }

    /// <summary>Where callers differ in what Linkerd keeps with the Service of the callee.</summary>
    private static IEnumerable<(string, string)> Callee(SystemPlan system, ServicePlan plan)
    {
        if (LinkerdCalls.Of(system, plan) is not { } chosen)
        {
            yield break;
        }

        foreach (var (caller, call, path) in LinkerdCalls.CallersOf(system, plan))
        {
            var own = LinkerdCalls.LimitsOf(caller, call);
            if (own.All != chosen.All)
            {
                yield return ($"{path}.budget", $"'{caller.Name}' waits as long as the most patient who calls '{plan.Name}', {MeshCalls.Duration(chosen.All)}.");
            }

            if (chosen.Again == 0 && call.Timeout is not null && call.Retries > 0)
            {
                yield return ($"{path}.timeout", "One attempt has no limit of its own, only all together.");
            }
            else if (chosen.Again > 0 && own.Attempt != chosen.Attempt)
            {
                yield return ($"{path}.timeout", $"An attempt of '{caller.Name}' may take as long as the longest to '{plan.Name}', {MeshCalls.Duration(chosen.Attempt)}.");
            }

            if (call.Retries > chosen.Again)
            {
                yield return ($"{path}.retries", string.Create(CultureInfo.InvariantCulture, $"'{caller.Name}' tries {chosen.Again} times more, as the one that tries least to reach '{plan.Name}'."));
            }

            yield return ($"{path}.retries", "A connection that is refused is not tried elsewhere, where a run asks two more replicas.");
            if (call.Balance == BalancePolicy.RoundRobin)
            {
                yield return ($"{path}.balance", "Replicas are chosen by their latency, not each in turn.");
            }

            var outlier = LinkerdCalls.Tolerance(system, plan);
            if (call.Outlier.Consecutive5xx > 0)
            {
                yield return ($"{path}.outlier", outlier is null ? $"No replica is set aside, because another caller of '{plan.Name}' sets none aside."
                    : string.Create(CultureInfo.InvariantCulture, $"A replica is set aside after {outlier.Consecutive5xx} failures in a row, as the most tolerant caller has it, for {MeshCalls.Duration(outlier.BaseEjection)} and longer each time; 'max-ejected' and a poor share of successes do not count."));
            }
        }

        for (var i = 0; i < system.Model.Gateway.Routes.Count; i++)
        {
            var route = system.Model.Gateway.Routes[i];
            if (route.Answering().Contains(plan.Name))
            {
                var attempt = MeshCalls.AttemptOf(route.Timeout, system[route.To].Service.Api.Budget);
                if (attempt * (route.Retries + 1) != chosen.All || route.Retries != chosen.Again)
                {
                    yield return (string.Create(CultureInfo.InvariantCulture, $"gateway.routes[{i}].timeout"), $"A gateway that asks '{plan.Name}' by its Service keeps to the limits of all who call it, {MeshCalls.Duration(chosen.All)}, and {string.Create(CultureInfo.InvariantCulture, $"{chosen.Again}")} further attempts.");
                }
            }
        }
    }

    private static IEnumerable<(string, string)> Asked(SystemPlan system, ServicePlan plan)
    {
        foreach (var (callee, _, at) in MeshCalls.Of(system, plan).Where(call => call.Call.Only.Count > 0))
        {
            var name = callee.Name;
            yield return ($"{at}.only", !RoutePlan.HasIdentity(system) ? $"'{plan.Name}' may ask '{name}' for everything."
                : PodParts.ProbedPath(callee) is { } path ? $"Anybody whom the network lets through may read '{path}' of '{name}', because the node that asks whether it is there has no identity."
                : $"What '{plan.Name}' may ask '{name}' for is told from the rest by path and method alone.");
        }

        if (plan.Service.Expose is not null)
        {
            yield return ($"{plan.Path}.expose", "What comes in that way is known by its address alone.");
        }
    }
}
