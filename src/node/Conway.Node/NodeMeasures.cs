using Conway.Registry;
using Conway.Supervision;
using Conway.Telemetry;
using Conway.Testing;
using Conway.Traffic;

namespace Conway.Node;

/// <summary>What the node knows of replicas, callers' pools, the registry, journeys and findings, as numbers to be scraped.</summary>
internal static class NodeMeasures
{
    /// <summary>Of a node that runs.</summary>
    public static IReadOnlyList<Measure> Of(NodeParts node, DateTimeOffset now)
    {
        var (all, plan, model, ejections) = (node.Fleet.ByName, node.Fleet.Plan, node.Model.Current.Model, node.Platform.Ejected(now));
        return Of(
            [.. node.Fleet.Units.Select(unit => ServiceViews.Of(unit, model, plan, Reachable.WaitingFor(unit, all), ejections))],
            node.Platform.Pools(), node.Platform.Registry.Instances(), node.Journeys.Status, FindingCounts.Of([.. node.Model.Findings, .. node.Platform.Telemetry.Findings]));
    }

    private static IReadOnlyList<Measure> Of(
        IReadOnlyList<ServiceView> services, IEnumerable<(string Caller, string Callee, PoolSnapshot Pool)> pools, IEnumerable<Instance> instances, IReadOnlyList<JourneyStatus> journeys, FindingCounts findings) =>
        [.. OfServices(services), .. OfPools([.. pools.SelectMany(one => one.Pool.Endpoints.Select(endpoint => (one.Caller, one.Callee, endpoint)))]), OfRegistry(instances), .. OfJourneys(journeys), OfFindings(findings)];

    private static IEnumerable<Measure> OfServices(IReadOnlyList<ServiceView> services)
    {
        var replicas = services.SelectMany(service => service.Replicas).ToList();
        yield return new("conway_service_wanted_replicas", false, "", "How many replicas should run; 0 when the service was stopped by hand.", [.. services.Select(service => new MeasureRow([("service", service.Name)], service.Wanted))]);
        yield return new(
            "conway_replica_state", false, "", "1 for the state that a replica is in, 0 for the others.",
            [.. replicas.SelectMany(replica => Enum.GetValues<ReplicaState>().Select(state => new MeasureRow([.. LabelsOf(replica), ("state", Word(state))], replica.State == state ? 1 : 0)))]);
        yield return new("conway_replica_restarts", true, "", "Starts after a crash; changes taken over do not count.", [.. replicas.Select(replica => new MeasureRow(LabelsOf(replica), replica.Restarts))]);
    }

    private static IEnumerable<Measure> OfPools(IReadOnlyList<(string Caller, string Callee, EndpointSnapshot Endpoint)> endpoints)
    {
        yield return Each("conway_endpoint_ejected", false, "1 while a caller leaves a replica out of its balance because calls to it failed.", endpoint => endpoint.EjectedFor is null ? 0 : 1);
        yield return Each("conway_endpoint_ejections", true, "How often a caller began to leave a replica out.", endpoint => endpoint.Ejections);
        yield return Each("conway_endpoint_attempts", true, "Attempts of a caller on a replica that have ended.", endpoint => endpoint.Requests);
        yield return Each("conway_endpoint_failed_attempts", true, "Of these failed.", endpoint => endpoint.Failures);
        yield return Each("conway_endpoint_retried_attempts", true, "Attempts on a replica that were retries.", endpoint => endpoint.Retries);
        yield return Each("conway_endpoint_in_flight", false, "Attempts under way.", endpoint => endpoint.InFlight);

        Measure Each(string name, bool grows, string help, Func<EndpointSnapshot, double> value) =>
            new(name, grows, "", help, [.. endpoints.Select(one => new MeasureRow([("callee", one.Callee), ("caller", one.Caller), ("replica", one.Endpoint.Id)], value(one.Endpoint)))]);
    }

    private static Measure OfRegistry(IEnumerable<Instance> instances) => new(
        "conway_registry_instances", false, "", "Instances that the registry knows, by the worst of their checks.",
        [.. instances.GroupBy(instance => instance.ServiceName, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .SelectMany(group => Enum.GetValues<InstanceHealth>().Select(health => new MeasureRow([("health", Word(health)), ("service", group.Key)], group.Count(instance => instance.Health == health))))]);

    private static IEnumerable<Measure> OfJourneys(IReadOnlyList<JourneyStatus> journeys)
    {
        yield return new("conway_journey_running", false, "", "Whether a journey is walked now.", [.. journeys.Select(journey => new MeasureRow([("journey", journey.Name)], journey.Running ? 1 : 0))]);
        yield return new(
            "conway_journey_walks", true, "", "Walks that ended, or that were skipped because too many were under way.",
            [.. journeys.SelectMany(journey => new (string Outcome, long Count)[] { ("succeeded", journey.Succeeded), ("failed", journey.Failed), ("skipped", journey.Skipped) }
                .Select(one => new MeasureRow([("journey", journey.Name), ("outcome", one.Outcome)], one.Count)))]);
    }

    private static Measure OfFindings(FindingCounts findings) => new(
        "conway_findings", false, "", "Findings of the model and of the run.",
        [new([("severity", "error")], findings.Error), new([("severity", "warning")], findings.Warning), new([("severity", "info")], findings.Info)]);

    private static (string, string)[] LabelsOf(ReplicaStatus replica) => [("replica", replica.Name), ("service", replica.Service)];

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
