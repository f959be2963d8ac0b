using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Conway.Registry.Tests;

public sealed class StateFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("conway-registry-");

    private string StatePath => Path.Combine(_folder.FullName, "registry.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Keys_and_sessions_survive_a_restart_and_indexes_go_on_beyond_those_seen()
    {
        string session;
        ulong index;
        await using (var before = await StartAsync())
        {
            session = JsonDocument.Parse(await before.PutAsync("session/create", """{"TTL":"1h","Name":"keeper"}""")).RootElement.GetProperty("ID").GetString()!;
            await before.PutAsync($"kv/leader?acquire={session}", "me");
            await before.PutAsync("kv/app/a?flags=18446744073709551615", "value");
            await before.PutAsync("kv/gone", "x");
            await before.SendAsync(HttpMethod.Delete, "kv/gone", "", HttpStatusCode.OK);
            (_, index) = await before.ReadAsync("kv/?keys");
        }

        await using var after = await StartAsync();
        var entry = (await after.GetAsync("kv/app/a"))[0];
        Assert.Equal("value", System.Text.Encoding.UTF8.GetString(entry.GetProperty("Value").GetBytesFromBase64()));
        Assert.Equal(ulong.MaxValue, entry.GetProperty("Flags").GetUInt64());
        Assert.Equal(session, (await after.GetAsync("kv/leader"))[0].GetProperty("Session").GetString());
        Assert.Equal("keeper", (await after.GetAsync($"session/info/{session}"))[0].GetProperty("Name").GetString());
        await after.GetAsync("kv/gone", HttpStatusCode.NotFound);
        await after.PutAsync("kv/app/b", "new");
        Assert.True((await after.GetAsync("kv/app/b"))[0].GetProperty("ModifyIndex").GetUInt64() > index);
    }

    [Fact]
    public async Task A_registry_that_is_killed_keeps_every_write_that_it_answered()
    {
        var root = AppContext.BaseDirectory.Replace("Conway.Registry.Tests", "Conway.Registry.Victim", StringComparison.Ordinal);
        using var victim = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(root, "Conway.Registry.Victim.dll"), StatePath])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        })!;
        var answered = 0;
        try
        {
            var port = await victim.StandardOutput.ReadLineAsync(RunningRegistry.Cancellation);
            using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/v1/") };
            var writing = Task.Run(async () =>
            {
                while (true)
                {
                    using var response = await http.PutAsync($"kv/k/{answered:00000}", new StringContent($"{answered}"), RunningRegistry.Cancellation);
                    response.EnsureSuccessStatusCode();
                    if (Interlocked.Increment(ref answered) == 100) victim.Kill();
                }
            }, RunningRegistry.Cancellation);
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => writing);
        }
        finally
        {
            victim.Kill();
        }
        await victim.WaitForExitAsync(RunningRegistry.Cancellation);

        await using var after = await StartAsync();

        var kept = (await after.GetAsync("kv/k/?keys")).EnumerateArray().Select(key => key.GetString()!).ToList();
        Assert.True(answered >= 100, $"{answered} answered");
        Assert.Equal(Enumerable.Range(0, answered).Select(i => $"k/{i:00000}"), kept.Take(answered));
    }

    [Fact]
    public async Task A_session_that_rested_on_a_service_check_is_gone_after_a_restart_and_its_lock_is_open()
    {
        await using (var before = await StartAsync())
        {
            await before.PutAsync("agent/service/register", """{"Name":"web","Check":{"TTL":"1h","Status":"passing"}}""");
            var id = JsonDocument.Parse(await before.PutAsync("session/create", """{"NodeChecks":["service:web"],"LockDelay":"0s"}""")).RootElement.GetProperty("ID").GetString();
            await before.PutAsync($"kv/leader?acquire={id}", "web");
        }

        await using var after = await StartAsync();

        Assert.False((await after.GetAsync("kv/leader"))[0].TryGetProperty("Session", out _));
        Assert.Equal(0, (await after.GetAsync("session/list")).GetArrayLength());
    }

    [Fact]
    public async Task A_file_that_is_something_else_stops_the_start_and_the_message_says_what_to_do()
    {
        await File.WriteAllTextAsync(StatePath, new string('x', 4096), RunningRegistry.Cancellation);

        var error = await Assert.ThrowsAsync<RegistryStateException>(StartAsync);

        Assert.Contains($"'{StatePath}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("move the file away", error.Message, StringComparison.Ordinal);
    }

    private Task<RunningRegistry> StartAsync() => RunningRegistry.StartAsync(new RegistryOptions { StatePath = StatePath });
}
