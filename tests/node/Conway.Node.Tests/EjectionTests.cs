using Conway.Traffic;

namespace Conway.Node.Tests;

public sealed class EjectionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 22, 16, 0, 250, TimeSpan.Zero);

    [Fact]
    public async Task Who_leaves_a_failing_replica_out_is_shown_and_told_although_it_is_healthy()
    {
        await using var bench = new Bench();
        bench.Write("back.js", "require('http').createServer((q, r) => { r.statusCode = process.env.CONWAY_INSTANCE === 'back-2' ? 500 : 200; r.end('back'); }).listen(process.env.PORT, process.env.HOST);");
        var host = await bench.StartHealthyAsync();
        Assert.Empty(bench.Service("back").Ejections);
        var before = DateTimeOffset.UtcNow;
        while (bench.Service("back").Ejections.Count < 2)
        {
            await bench.Get("/front/a");
            await bench.Get("/back/a");
        }

        var ejections = bench.Service("back").Ejections;
        Assert.Equal([("back-2", "front"), ("back-2", "gateway")], ejections.Select(e => (e.Replica, e.Caller)));
        Assert.All(ejections, e => Assert.InRange(e.Until, before, DateTimeOffset.UtcNow + TimeSpan.FromMinutes(2)));
        Assert.Equal(Supervision.ReplicaState.Healthy, bench.Service("back").State);
        await bench.Until(() => bench.Seen.OfType<NodeEvent.ServiceChanged>().Any(e => e.Service.Ejections.Count == 2), "that both leave it out is told");
        Assert.Empty(bench.Service("front").Ejections);
    }

    [Fact]
    public void The_end_is_told_to_the_second_and_callers_in_order_of_name()
    {
        var ejections = Ejections.Of([("orders", Pool(("catalog-1", 1.0), ("catalog-2", null))), ("gateway", Pool(("catalog-1", 0)))], Now);
        Assert.Equal(
            [new Ejection("catalog-1", "gateway", Now.AddMilliseconds(750)), new Ejection("catalog-1", "orders", Now.AddMilliseconds(1750))],
            ejections["catalog-1"]);
        Assert.Empty(ejections["catalog-2"]);
    }

    private static PoolSnapshot Pool(params (string Id, double? Seconds)[] endpoints) => new(
        "", BalancerKind.PeakEwma, false, 0, 0,
        [.. endpoints.Select(e => new EndpointSnapshot(e.Id, "", EndpointHealth.Healthy, 0, TimeSpan.Zero, e.Seconds is { } left ? TimeSpan.FromSeconds(left) : null, 0, 0, 0, 0))]);
}
