using System.Net;
using System.Text.Json;

namespace Conway.Registry.Tests;

public sealed class SessionTests
{
    [Fact]
    public async Task A_session_that_is_not_renewed_loses_its_lock_between_its_ttl_and_twice_that()
    {
        var time = new ManualTime();
        await using var registry = await RunningRegistry.StartAsync(time: time);
        var id = await CreateAsync(registry, """{"TTL":"10s","LockDelay":"0s"}""");
        Assert.Equal("true", await registry.PutAsync($"kv/leader?acquire={id}", "me"));

        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(id, await HolderAsync(registry));
        time.Advance(TimeSpan.FromSeconds(11));

        Assert.Null(await HolderAsync(registry));
        Assert.Equal(0, (await registry.GetAsync($"session/info/{id}")).GetArrayLength());
    }

    [Fact]
    public async Task A_renewed_session_lives_on()
    {
        var time = new ManualTime();
        await using var registry = await RunningRegistry.StartAsync(time: time);
        var id = await CreateAsync(registry, """{"TTL":"10s"}""");

        for (var i = 0; i < 5; i++)
        {
            time.Advance(TimeSpan.FromSeconds(15));
            await registry.PutAsync($"session/renew/{id}");
        }

        Assert.Equal(1, (await registry.GetAsync($"session/info/{id}")).GetArrayLength());
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(-1000)]
    public async Task A_wall_clock_that_is_set_neither_ends_a_session_nor_prolongs_it(int hours)
    {
        var time = new ManualTime();
        await using var registry = await RunningRegistry.StartAsync(time: time);
        var id = await CreateAsync(registry, """{"TTL":"10s"}""");
        await registry.PutAsync("agent/check/register", """{"Name":"alive","TTL":"15s","Status":"passing"}""");

        time.SetWallClock(TimeSpan.FromHours(hours));
        time.Advance(TimeSpan.FromSeconds(14));
        Assert.Equal(1, (await registry.GetAsync($"session/info/{id}")).GetArrayLength());
        Assert.Equal("passing", await StatusAsync(registry, "alive"));
        time.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal(0, (await registry.GetAsync($"session/info/{id}")).GetArrayLength());
        Assert.Equal("critical", await StatusAsync(registry, "alive"));
    }

    [Fact]
    public async Task After_an_invalidation_the_key_stays_closed_for_the_lock_delay_and_after_a_release_it_does_not()
    {
        var time = new ManualTime();
        await using var registry = await RunningRegistry.StartAsync(time: time);
        var first = await CreateAsync(registry, """{"LockDelay":"15s"}""");
        var second = await CreateAsync(registry, "{}");
        await registry.PutAsync($"kv/a?acquire={first}");
        await registry.PutAsync($"kv/b?acquire={first}");

        await registry.PutAsync($"kv/b?release={first}");
        Assert.Equal("true", await registry.PutAsync($"kv/b?acquire={second}"));
        await registry.PutAsync($"session/destroy/{first}");

        Assert.Equal("false", await registry.PutAsync($"kv/a?acquire={second}"));
        time.Advance(TimeSpan.FromSeconds(16));
        Assert.Equal("true", await registry.PutAsync($"kv/a?acquire={second}"));
    }

    [Fact]
    public async Task The_lock_index_counts_new_acquisitions_only_so_that_it_can_fence()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var id = await CreateAsync(registry, """{"LockDelay":"0s"}""");

        await registry.PutAsync($"kv/k?acquire={id}", "1");
        await registry.PutAsync($"kv/k?acquire={id}", "2");
        Assert.Equal(1, await LockIndexAsync(registry));
        await registry.PutAsync($"kv/k?release={id}", "3");
        Assert.Equal(1, await LockIndexAsync(registry));
        await registry.PutAsync($"kv/k?acquire={id}", "4");

        Assert.Equal(2, await LockIndexAsync(registry));
    }

    [Fact]
    public async Task A_session_that_rests_on_a_check_ends_when_the_check_fails()
    {
        await using var registry = await RunningRegistry.StartAsync();
        await registry.PutAsync("agent/service/register", """{"Name":"web","Check":{"TTL":"1h","Status":"passing"}}""");
        var id = await CreateAsync(registry, """{"ServiceChecks":[{"ID":"service:web"}],"Behavior":"delete"}""");
        await registry.PutAsync($"kv/leader?acquire={id}", "web");

        await registry.PutAsync("agent/check/fail/service:web");

        await registry.GetAsync("kv/leader", HttpStatusCode.NotFound);
        await registry.PutAsync($"session/renew/{id}", expected: HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"TTL":"1s"}""", "Invalid Session TTL")]
    [InlineData("""{"TTL":"25h"}""", "Invalid Session TTL")]
    [InlineData("""{"TTL":"soon"}""", "TTL must be a duration such as \"10s\", not \"soon\"")]
    [InlineData("""{"LockDelay":"2m"}""", "Invalid LockDelay")]
    [InlineData("""{"Behavior":"explode"}""", "must be release or delete")]
    [InlineData("""{"Node":"elsewhere"}""", "is not in the catalog")]
    [InlineData("""{"NodeChecks":["nothing"]}""", "Missing check 'nothing'")]
    public async Task A_session_that_makes_no_sense_is_refused_with_the_reason(string body, string reason)
    {
        await using var registry = await RunningRegistry.StartAsync();

        Assert.Contains(reason, await registry.PutAsync("session/create", body, HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_by_a_session_that_does_not_exist_is_refused()
    {
        await using var registry = await RunningRegistry.StartAsync();

        Assert.Contains("invalid session", await registry.PutAsync("kv/k?acquire=nobody", "x", HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    private static async Task<string> CreateAsync(RunningRegistry registry, string body) =>
        JsonDocument.Parse(await registry.PutAsync("session/create", body)).RootElement.GetProperty("ID").GetString()!;

    private static async Task<string?> HolderAsync(RunningRegistry registry) =>
        (await registry.GetAsync("kv/leader"))[0].TryGetProperty("Session", out var session) ? session.GetString() : null;

    private static async Task<int> LockIndexAsync(RunningRegistry registry) => (await registry.GetAsync("kv/k"))[0].GetProperty("LockIndex").GetInt32();

    private static async Task<string?> StatusAsync(RunningRegistry registry, string check) =>
        (await registry.GetAsync("agent/checks")).GetProperty(check).GetProperty("Status").GetString();
}
