using System.Globalization;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Meshes;
using Conway.Artifacts.Plans;
using Conway.Model;

namespace Conway.Artifacts.Istio;

/// <summary>What the model says and Istio does not, each with the key that says it.</summary>
internal static class NotSaid
{
    public static IEnumerable<(string Path, string Text)> ByIstio(SystemPlan system)
    {
        yield return ("mesh", "Further attempts have no budget for all callers together: resources of this version have no word for it, and a run allows a fifth of the requests under way, and three at least.");
        yield return ("mesh", "How much time a request has left is not handed on from one service to the next; each call has its own limits alone.");
        yield return ("mesh", "A time limit ends an answer that is sent bit by bit too, where a run lets it go on once it has begun.");
        yield return ("mesh", "Between services two slashes in a row and escaped slashes stand as they come: set pathNormalization of the mesh to DECODE_AND_MERGE_SLASHES.");
        foreach (var (path, text) in Gateway(system).Concat(Policies(system)).Concat(system.Services.SelectMany(plan => Calls(system, plan))))
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

        yield return ("gateway", EdgeObjects.IsIstio(system)
            ? "A path with two slashes in a row is refused, where a run takes them for one; a backslash is taken for a slash, where a run refuses it."
            : "What leads in is not made by Istio's own resources; its pods must be in the mesh too, because without a certificate nobody is let in.");
        for (var i = 0; i < system.Model.Gateway.Routes.Count; i++)
        {
            var (route, path) = (system.Model.Gateway.Routes[i], string.Create(CultureInfo.InvariantCulture, $"gateway.routes[{i}]"));
            if (route.Limit is { } limit)
            {
                yield return ($"{path}.limit", $"The route '{route.Path}' may be asked more often than {limit.Rate} per {limit.Per}.");
            }

            if (route.Auth is not null)
            {
                yield return ($"{path}.auth", RoutePlan.AsksForTokens(system)
                    ? $"A token that is not valid is refused by every service that '{route.Path}' leads to, also where another route asks for none."
                    : $"The route '{route.Path}' asks for no token.");
            }

            if (route.Retries > 0 && EdgeObjects.IsIstio(system))
            {
                yield return ($"{path}.retries", "A refused connection counts as an attempt, where a run asks two more replicas besides.");
            }
        }
    }

    private static IEnumerable<(string, string)> Policies(SystemPlan system)
    {
        if (!RoutePlan.HasIdentity(system))
        {
            yield return ("policies.mtls", "Nobody is asked who he is; only the policies of the network keep others out.");
        }

        if (system.Model.Policies.Pii.Mask.Count > 0)
        {
            yield return ("policies.pii.mask", "Nothing is masked in what proxies write down; they write no bodies.");
        }
    }

    private static IEnumerable<(string, string)> Calls(SystemPlan system, ServicePlan plan)
    {
        foreach (var (callee, call, path) in MeshCalls.Of(system, plan))
        {
            if (call.Balance == BalancePolicy.PeakEwma)
            {
                yield return ($"{path}.balance", "Latency does not count: LEAST_REQUEST takes the one of two with fewer requests under way.");
            }

            if (call.Outlier.Consecutive5xx > 0)
            {
                yield return ($"{path}.outlier.max-ejected", "One of the fewest replicas may always be set aside, so of more replicas more than that may be; and none for a poor share of successes.");
            }

            if (call.Retries > 0)
            {
                yield return ($"{path}.retries", "A refused connection counts as an attempt, where a run asks two more replicas besides.");
            }

            if (call.Only.Count > 0 && !RoutePlan.HasIdentity(system))
            {
                yield return ($"{path}.only", $"'{plan.Name}' may ask '{callee.Name}' for everything.");
            }
        }

        if (plan.Service.Expose is not null)
        {
            yield return ($"{plan.Path}.expose", "What comes in that way is without TLS, so it is known by its address alone.");
        }
    }
}
