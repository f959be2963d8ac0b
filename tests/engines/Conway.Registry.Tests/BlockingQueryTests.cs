using System.Net;

namespace Conway.Registry.Tests;

public sealed class BlockingQueryTests
{
    [Fact]
    public async Task A_waiting_reader_wakes_when_its_service_changes()
    {
        await using var registry = await RunningRegistry.StartAsync();
        registry.Engine.Apply(Some.Table(Some.Instance("orders")));
        var (_, index) = await registry.ReadAsync("health/service/orders?passing");

        var waiting = registry.ReadAsync($"health/service/orders?passing&index={index}&wait=1m");
        registry.Engine.Apply(Some.Table(Some.Instance("orders", health: InstanceHealth.Critical)));

        var (json, next) = await waiting;
        Assert.Equal(0, json.GetArrayLength());
        Assert.True(next > index);
    }

    [Theory]
    [InlineData("health/service/orders")]
    [InlineData("catalog/service/orders")]
    [InlineData("health/checks/orders")]
    [InlineData("kv/mine")]
    [InlineData("kv/mine/?recurse")]
    [InlineData("session/list")]
    public async Task A_change_elsewhere_changes_no_index(string path)
    {
        await using var registry = await RunningRegistry.StartAsync();
        registry.Engine.Apply(Some.Table(Some.Instance("orders")));
        await registry.PutAsync("kv/mine", "1");
        await registry.PutAsync("kv/mine/a", "1");
        var (_, before) = await registry.ReadAsync(path);

        registry.Engine.Apply(Some.Table(Some.Instance("orders"), Some.Instance("payments")));
        await registry.PutAsync("kv/yours", "1");
        await registry.PutAsync("agent/service/register", """{"Name":"other"}""");

        var (_, after) = await registry.ReadAsync(path);
        Assert.Equal(before, after);
    }

    [Theory]
    [InlineData("health/service/nobody", HttpStatusCode.OK)]
    [InlineData("catalog/service/nobody", HttpStatusCode.OK)]
    [InlineData("kv/absent", HttpStatusCode.NotFound)]
    [InlineData("kv/absent/?recurse", HttpStatusCode.NotFound)]
    [InlineData("session/list", HttpStatusCode.OK)]
    [InlineData("catalog/services", HttpStatusCode.OK)]
    public async Task What_does_not_exist_has_an_index_that_is_not_zero(string path, HttpStatusCode status)
    {
        await using var registry = await RunningRegistry.StartAsync();

        var (_, index) = await registry.ReadAsync(path, status);

        Assert.True(index > 0);
    }

    [Fact]
    public async Task A_reader_that_waits_for_a_service_to_appear_sees_it_appear()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var (_, index) = await registry.ReadAsync("health/service/late");

        var waiting = registry.ReadAsync($"health/service/late?index={index}&wait=1m");
        registry.Engine.Apply(Some.Table(Some.Instance("late")));

        Assert.Equal(1, (await waiting).Json.GetArrayLength());
    }

    [Fact]
    public async Task A_deleted_key_wakes_those_who_wait_for_its_folder()
    {
        await using var registry = await RunningRegistry.StartAsync();
        await registry.PutAsync("kv/app/a", "1");
        await registry.PutAsync("kv/app/b", "2");
        var (_, index) = await registry.ReadAsync("kv/app/?keys");

        var waiting = registry.ReadAsync($"kv/app/?keys&index={index}&wait=1m");
        await registry.SendAsync(HttpMethod.Delete, "kv/app/a", "", HttpStatusCode.OK);

        var (keys, next) = await waiting;
        Assert.Equal("app/b", Assert.Single(keys.EnumerateArray()).GetString());
        Assert.True(next > index);
    }

    [Fact]
    public async Task Without_a_change_the_answer_comes_when_the_wait_is_over_with_at_most_a_sixteenth_more()
    {
        var time = new ManualTime();
        await using var registry = await RunningRegistry.StartAsync(time: time);
        var (_, index) = await registry.ReadAsync("catalog/nodes");

        var waiting = registry.ReadAsync($"catalog/nodes?index={index}&wait=160s");
        await time.UntilTimersAsync(1);
        time.Advance(TimeSpan.FromSeconds(159));
        Assert.False(waiting.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal(index, (await waiting).Index);
    }

    [Fact]
    public async Task An_index_from_an_earlier_life_is_answered_at_once()
    {
        await using var registry = await RunningRegistry.StartAsync();

        var (_, index) = await registry.ReadAsync("catalog/services?index=4000000000&wait=5m");

        Assert.True(index < 4_000_000_000);
    }

    [Fact]
    public async Task One_reader_more_than_allowed_is_told_so_and_the_others_go_on()
    {
        await using var registry = await RunningRegistry.StartAsync(new RegistryOptions { WatchersMax = 1 });
        var (_, index) = await registry.ReadAsync("health/service/orders");
        var first = registry.ReadAsync($"health/service/orders?index={index}&wait=1m");
        await Eventually(() => registry.Engine.Waiting == 1);

        await registry.GetAsync($"health/service/orders?index={index}&wait=1m", HttpStatusCode.TooManyRequests);
        registry.Engine.Apply(Some.Table(Some.Instance("orders")));

        Assert.Equal(1, (await first).Json.GetArrayLength());
    }

    [Fact]
    public async Task Stopping_lets_waiting_readers_go_with_what_there_is()
    {
        var registry = await RunningRegistry.StartAsync();
        var (_, index) = await registry.ReadAsync("health/service/orders");
        var waiting = registry.ReadAsync($"health/service/orders?index={index}&wait=5m");
        await registry.GetAsync("status/leader");

        await registry.Engine.DisposeAsync();

        var ended = await Record.ExceptionAsync(() => waiting);
        Assert.True(ended is null or HttpRequestException, $"{ended}");
    }

    [Fact]
    public async Task A_service_can_be_waited_for_by_the_hash_of_its_content()
    {
        await using var registry = await RunningRegistry.StartAsync();
        await registry.PutAsync("agent/service/register", """{"Name":"web","Port":1}""");
        var hash = (await registry.GetAsync("agent/service/web")).GetProperty("ContentHash").GetString();

        var waiting = registry.GetAsync($"agent/service/web?hash={hash}&wait=1m");
        await registry.PutAsync("agent/service/register", """{"Name":"web","Port":2}""");

        var changed = await waiting;
        Assert.Equal(2, changed.GetProperty("Port").GetInt32());
        Assert.NotEqual(hash, changed.GetProperty("ContentHash").GetString());
    }

    [Fact]
    public async Task One_more_replica_with_the_same_tags_does_not_change_the_map_of_services()
    {
        await using var registry = await RunningRegistry.StartAsync();
        registry.Engine.Apply(Some.Table(Some.Instance("orders", "a", tags: "blue")));
        var (_, before) = await registry.ReadAsync("catalog/services");

        registry.Engine.Apply(Some.Table(Some.Instance("orders", "a", tags: "blue"), Some.Instance("orders", "b", tags: "blue")));
        var (_, same) = await registry.ReadAsync("catalog/services");
        registry.Engine.Apply(Some.Table(Some.Instance("orders", "a", tags: "green"), Some.Instance("orders", "b", tags: "blue")));
        var (json, after) = await registry.ReadAsync("catalog/services");

        Assert.Equal(before, same);
        Assert.True(after > same);
        Assert.Equal(["blue", "green"], json.GetProperty("orders").EnumerateArray().Select(tag => tag.GetString()!));
    }

    private static async Task Eventually(Func<bool> holds)
    {
        var deadline = Environment.TickCount64 + 60_000;
        while (!holds())
        {
            Assert.True(Environment.TickCount64 < deadline, "never came true");
            await Task.Delay(1, RunningRegistry.Cancellation);
        }
    }
}
