namespace Conway.Traffic.Tests;

internal static class Some
{
    internal static TimeSpan Seconds(this int value) => TimeSpan.FromSeconds(value);

    internal static TimeSpan Seconds(this double value) => TimeSpan.FromSeconds(value);

    internal static TimeSpan Milliseconds(this int value) => TimeSpan.FromMilliseconds(value);

    internal static Endpoint[] Endpoints(int count) => [.. Enumerable.Range(1, count).Select(i => new Endpoint($"e-{i}", $"127.0.0.1:{i}"))];

    internal static EndpointPool Pool(CallPolicy policy, int endpoints, List<TrafficEvent>? events = null) =>
        new("a → b", policy, Endpoints(endpoints), new SeededDraw(1), events is null ? null : events.Add, TimeSpan.Zero);

    /// <summary>One attempt on the endpoint with this id.</summary>
    internal static void Attempt(this EndpointPool pool, string id, AttemptResult result, TimeSpan now)
    {
        var endpoint = pool.Find(id);
        pool.Begin(endpoint, isRetry: false);
        pool.End(endpoint, result, now);
    }

    /// <summary>The endpoint with this id, found by picking until it comes.</summary>
    internal static EndpointState Find(this EndpointPool pool, string id)
    {
        for (var i = 0; i < 10_000; i++)
        {
            if (pool.TryPick(default, TimeSpan.Zero, out var endpoint) && endpoint.Id == id)
            {
                return endpoint;
            }
        }

        throw new InvalidOperationException($"'{id}' is never picked.");
    }

    /// <summary>Which endpoints are picked in many draws.</summary>
    internal static IReadOnlySet<string> Picked(this EndpointPool pool, TimeSpan now)
    {
        SortedSet<string> picked = [];
        for (var i = 0; i < 500; i++)
        {
            if (pool.TryPick(default, now, out var endpoint))
            {
                picked.Add(endpoint.Id);
            }
        }

        return picked;
    }
}
