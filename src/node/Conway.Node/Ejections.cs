using Conway.Traffic;

namespace Conway.Node;

/// <summary>A replica that a caller leaves out of its balance because calls to it failed.</summary>
/// <param name="Caller">Who leaves it out: <c>gateway</c>, or a service.</param>
/// <param name="Until">When it is tried again, to the second: ejections are looked at once a second.</param>
public sealed record Ejection(string Replica, string Caller, DateTimeOffset Until);

/// <summary>Reads who leaves whom out. Pure.</summary>
internal static class Ejections
{
    /// <summary>By replica; callers in order of name.</summary>
    public static ILookup<string, Ejection> Of(IEnumerable<(string Caller, PoolSnapshot Pool)> pools, DateTimeOffset now) =>
        pools.SelectMany(one => one.Pool.Endpoints
                .Where(endpoint => endpoint.EjectedFor is not null)
                .Select(endpoint => new Ejection(endpoint.Id, one.Caller, NextSecond(now + endpoint.EjectedFor!.Value))))
            .OrderBy(one => one.Caller, StringComparer.Ordinal)
            .ToLookup(one => one.Replica, StringComparer.Ordinal);

    private static DateTimeOffset NextSecond(DateTimeOffset time) =>
        new((time.UtcTicks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
}
