namespace Conway.Traffic;

/// <summary>What one pool looks like now.</summary>
/// <param name="Name">Whose pool, <c>orders → catalog</c>.</param>
/// <param name="Balancer">How it chooses.</param>
/// <param name="Panic">Whether ejections are disregarded because too few endpoints are left.</param>
/// <param name="Active">Requests under way.</param>
/// <param name="ActiveRetries">Retries under way.</param>
/// <param name="Endpoints">Every endpoint of the table.</param>
public sealed record PoolSnapshot(
    string Name, BalancerKind Balancer, bool Panic, int Active, int ActiveRetries, IReadOnlyList<EndpointSnapshot> Endpoints);

/// <summary>What one endpoint looks like now, as this pool sees it.</summary>
/// <param name="Id">Name of the replica.</param>
/// <param name="Address">Host and port.</param>
/// <param name="Health">What the table says.</param>
/// <param name="InFlight">Attempts under way.</param>
/// <param name="Ewma">Moving peak latency; what the balancer reads.</param>
/// <param name="EjectedFor">How long it stays ejected from now; null when it is not. Ends at the first sweep after that.</param>
/// <param name="Ejections">How often it was ejected.</param>
/// <param name="Requests">Attempts ended, since the endpoint is known.</param>
/// <param name="Failures">Of these failed.</param>
/// <param name="Retries">Attempts on it that were retries.</param>
public sealed record EndpointSnapshot(
    string Id, string Address, EndpointHealth Health, int InFlight, TimeSpan Ewma, TimeSpan? EjectedFor, int Ejections,
    long Requests, long Failures, long Retries);
