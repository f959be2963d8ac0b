using Conway.Registry.Watching;
using Conway.Registry.World;
using Microsoft.Extensions.Logging.Abstractions;

namespace Conway.Registry.Tests;

public sealed class ScaleTests
{
    private const int Count = 10_000;

    [Fact]
    public async Task Ten_thousand_readers_of_ten_thousand_services_cost_no_thread_each_and_a_change_wakes_only_its_own()
    {
        using var ledger = new Ledger(WorldState.Empty, null, new WatchBoard(Count), TimeProvider.System, NullLogger.Instance);
        ledger.Commit(draft => draft.PutNode(new NodeRecord { Name = "conway", Address = "127.0.0.1" }));
        ledger.Commit(draft => Apply(draft, InstanceHealth.Passing, InstanceHealth.Passing));
        var patience = new Patience(ledger.World.Index, TimeSpan.FromMinutes(5));

        var readers = Enumerable.Range(0, Count).Select(i => ledger.AskAsync(patience, [Topics.Service($"s{i}"), Topics.Nodes],
            world => new Answer<int>(world.Catalog.InstancesOf($"s{i}").Count(), world.Catalog.IndexOf($"s{i}")), RunningRegistry.Cancellation)).ToList();
        Assert.Equal(Count, ledger.Board.Count);
        Assert.True(ThreadPool.ThreadCount < 200, $"{ThreadPool.ThreadCount} threads");
        ledger.Commit(draft => Apply(draft, InstanceHealth.Critical, InstanceHealth.Passing));
        await readers[0];

        Assert.Equal(1, readers.Count(reader => reader.IsCompleted));
        Assert.Equal(Count - 1, ledger.Board.Count);
        ledger.Stop();
        await Task.WhenAll(readers);
        Assert.Equal(0, ledger.Board.Count);
    }

    [Fact]
    public async Task Ten_thousand_services_are_applied_and_listed_over_http()
    {
        await using var registry = await RunningRegistry.StartAsync();
        registry.Engine.Apply(new InstanceTable([.. Enumerable.Range(0, Count).Select(i => Some.Instance($"s{i}"))]));

        Assert.Equal(Count, (await registry.GetAsync("catalog/services")).EnumerateObject().Count());
        Assert.Equal(Count + 1, (await registry.GetAsync("health/state/any")).GetArrayLength());
        registry.Engine.Apply(InstanceTable.Empty);
        Assert.Empty((await registry.GetAsync("catalog/services")).EnumerateObject());
    }

    [Fact]
    public void Deletions_are_remembered_within_a_bound_and_no_index_ever_goes_back()
    {
        using var ledger = new Ledger(WorldState.Empty, null, new WatchBoard(1), TimeProvider.System, NullLogger.Instance);
        var seen = 0UL;
        for (var i = 0; i < 10_000; i++)
        {
            var key = $"a/{i}";
            ledger.Commit(draft => Conway.Registry.Kv.KvEdits.SetKey(draft, key, [1], 0));
            ledger.Commit(draft =>
            {
                Conway.Registry.Kv.KvEdits.DeleteKey(draft, key);
                return null;
            });
            if (i % 100 != 0) continue;
            var index = ledger.World.Kv.IndexUnder("a/");
            Assert.True(index > seen);
            seen = index;
        }
        Assert.InRange(ledger.World.Kv.Tombstones.Count, 1, Conway.Registry.Kv.KvShelf.TombstonesMax);
        Assert.Equal(0, ledger.World.Kv.Bytes);
    }

    private static Refusal? Apply(Draft draft, InstanceHealth first, InstanceHealth others)
    {
        draft.ApplyTable("conway", new InstanceTable([.. Enumerable.Range(0, Count).Select(i => Some.Instance($"s{i}", health: i == 0 ? first : others))]));
        return null;
    }
}
