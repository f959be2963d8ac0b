using System.Globalization;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Meshes;
using Conway.Artifacts.Plans;
using Conway.Model;

namespace Conway.Artifacts.Consul;

/// <summary>What the model says and Consul's mesh does not, each with the key that says it.</summary>
internal static class ConsulNotSaid
{
    public static IEnumerable<(string Path, string Text)> Of(SystemPlan system)
    {
        yield return ("mesh", "Consul has one set of names: another system with a service of the same name would be the same service to it.");
        yield return ("mesh", "There is one Mesh in the whole of Consul: what 0-mesh.yaml says holds for other systems too, and where another has written it Consul refuses this one.");
        yield return ("mesh", "Further attempts have no budget for all callers together, where a run allows a fifth of the requests under way, and three at least.");
        yield return ("mesh", "How much time a request has left is not handed on from one service to the next.");
        yield return ("mesh", "A time limit ends an answer that is sent bit by bit too, where a run lets it go on once it has begun.");
        yield return ("mesh", "What is no service of the mesh is passed by the proxy as it comes; only the policies of the network say which of it may be reached.");
        yield return ("mesh", "A probe that only connects reaches the proxy, which answers whether the service does or not.");
        foreach (var (path, text) in Gateway(system).Concat(Policies(system)).Concat(system.Services.SelectMany(plan => Callee(system, plan).Concat(Calls(system, plan)))))
        {
            yield return (path, text);
        }
    }

    private static IEnumerable<(string, string)> Gateway(SystemPlan system)
    {
        if (ConsulTarget.EdgeName(system) is not { } edge)
        {
            yield break;
        }

        yield return ("gateway", $"Requests must come in by a gateway that Consul knows as '{edge}': without a certificate of the mesh nobody is let in.");
        yield return ("gateway", "Consul's gateway takes the beginning of a path by its letters and the longest path first: '/abc' also takes '/abcd', which the service then refuses.");
        yield return ("gateway", "Consul's gateway gives up after 15 s, whatever a route says, and leads nobody from HTTP to HTTPS.");
        for (var i = 0; i < system.Model.Gateway.Routes.Count; i++)
        {
            var (route, path) = (system.Model.Gateway.Routes[i], string.Create(CultureInfo.InvariantCulture, $"gateway.routes[{i}]"));
            if (route.Limit is { } limit)
            {
                yield return ($"{path}.limit", $"The route '{route.Path}' may be asked more often than {limit.Rate} per {limit.Per}.");
            }

            if (route.Auth is not null)
            {
                yield return ($"{path}.auth", $"The route '{route.Path}' asks for no token: Consul compares a claim as a whole, and 'scope' holds several words.");
            }

            if (route.Rewrite is not null && PathPlan.Of(route.Path).IsExact && !EdgeObjects.IsIngress(system))
            {
                yield return ($"{path}.rewrite", $"Consul's gateway does not rewrite the whole path '{route.Path}', and as it comes the service refuses it.");
            }

            if (route.Retries > 0)
            {
                yield return ($"{path}.retries", $"The route '{route.Path}' is tried once.");
            }
        }
    }

    private static IEnumerable<(string, string)> Policies(SystemPlan system)
    {
        if (!RoutePlan.HasIdentity(system))
        {
            yield return ("policies.mtls", system.Model.Policies.Mtls == MtlsMode.Off
                ? "Services speak TLS with each other, because this mesh knows nothing else; who comes without it is let in too."
                : "Who comes without TLS is asked nothing; only the policies of the network keep others out.");
        }

        if (system.Model.Policies.Pii.Mask.Count > 0)
        {
            yield return ("policies.pii.mask", "Nothing is masked in what proxies write down; they write no bodies.");
        }
    }

    /// <summary>Where callers differ in what Consul keeps at the callee.</summary>
    private static IEnumerable<(string, string)> Callee(SystemPlan system, ServicePlan plan)
    {
        var callers = plan.Callers.Select(name => (Caller: system[name], Call: system[name].Service.Calls[plan.Name], Path: $"{system[name].Path}.calls.{plan.Name}")).ToArray();
        if (callers.Length == 0)
        {
            yield break;
        }

        var (patience, again) = (ConsulCalls.Patience(system, plan), callers.Min(one => one.Call.Retries));
        foreach (var (caller, call, path) in callers)
        {
            if (ConsulCalls.All(caller, call) != patience)
            {
                yield return ($"{path}.budget", $"'{caller.Name}' waits as long as the most patient caller of '{plan.Name}', {MeshCalls.Duration(patience)}.");
            }

            if (call.Timeout is not null && call.Retries > 0)
            {
                yield return ($"{path}.timeout", "One attempt has no limit of its own, only all together.");
            }

            if (call.Retries > again)
            {
                yield return ($"{path}.retries", string.Create(CultureInfo.InvariantCulture, $"'{caller.Name}' tries {again} times more, as the caller of '{plan.Name}' that tries least."));
            }
            else if (call.Retries > 0)
            {
                yield return ($"{path}.retries", "A refused connection counts as an attempt, where a run asks two more replicas besides.");
            }

            if (call.Balance == BalancePolicy.PeakEwma)
            {
                yield return ($"{path}.balance", "Latency does not count: least_request takes the one of two with fewer requests under way.");
            }
            else if (call.Balance == BalancePolicy.RoundRobin && callers.Any(one => one.Call.Balance != BalancePolicy.RoundRobin))
            {
                yield return ($"{path}.balance", $"Not each in turn, because another caller of '{plan.Name}' chooses another way.");
            }

            if (call.Protocol == CallProtocol.Http && callers.Any(one => one.Call.Protocol == CallProtocol.Grpc))
            {
                yield return ($"{path}.protocol", $"Arrives at '{plan.Name}' as HTTP/2, because another caller speaks gRPC.");
            }
        }
    }

    private static IEnumerable<(string, string)> Calls(SystemPlan system, ServicePlan plan)
    {
        foreach (var (callee, call, path) in MeshCalls.Of(system, plan))
        {
            yield return ($"{path}.outlier", call.Outlier.Consecutive5xx > 0
                ? "A replica is set aside for a poor share of successes too, where a run counts only failures in a row."
                : "A replica may still be set aside for a poor share of successes.");
            if (call.Only.Count > 0 && !RoutePlan.HasIdentity(system))
            {
                yield return ($"{path}.only", $"'{plan.Name}' may ask '{callee.Name}' for everything.");
            }
        }

        if (plan.Service.Placement == Placement.EachNode && (plan.Callers.Count > 0 || plan.IsRouted))
        {
            yield return ($"{plan.Path}.placement", "Who asks is sent to a replica on any node, not to the one beside him.");
        }

        if (plan.Service.Expose is not null)
        {
            yield return ($"{plan.Path}.expose", "What comes without TLS is asked nothing by the mesh; the policy of the network lets in the addresses that are written, and nobody else.");
        }
    }
}
