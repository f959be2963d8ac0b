using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Conway.Supervision;

namespace Conway.Run;

/// <summary>A disk that is really full costs a run at most its new telemetry, and nothing that was on it.</summary>
public sealed class FullDiskTests
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(90);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData((1 << 20) - 4096)]
    public async Task A_run_on_a_full_disk_is_refused_with_a_sentence_and_everything_there_stays_as_it_was(int left)
    {
        using var system = new SmallSystem();
        var state = Directory.CreateDirectory(Path.Combine(system.Folder, ".conway")).FullName;
        await using var disk = await SmallDisk.MountAsync(state, 8 << 20);
        await RunAndEndAsync(disk, system.Folder, async _ => await Task.CompletedTask);
        var ballast = Path.Combine(state, "ballast");
        disk.Fill(ballast, left);
        var before = Everything(disk.Seen(state));
        Assert.Contains("registry.db", before.Keys);

        await using (var refused = RunningProgram.Start(disk, system.Folder))
        {
            Assert.Equal(5, await refused.Ended(Enough));
            Assert.Matches(@"^conway: The disk of '.*/\.conway' is full: \d+ KiB are left\. Conway keeps .* nothing there was touched\.$", Assert.Single(refused.Said.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        }

        Assert.Equal(before, Everything(disk.Seen(state)));
        File.Delete(disk.Seen(ballast));
        await RunAndEndAsync(disk, system.Folder, async _ => await Task.CompletedTask);
    }

    [Fact]
    public async Task A_disk_that_fills_up_under_a_run_costs_new_telemetry_alone_and_is_told_by_a_finding()
    {
        using var system = new SmallSystem();
        var state = Directory.CreateDirectory(Path.Combine(system.Folder, ".conway")).FullName;
        await using var disk = await SmallDisk.MountAsync(state, 8 << 20);
        string? first = null;
        await RunAndEndAsync(disk, system.Folder, async program =>
        {
            first = program.Node.Run;
            Assert.Equal("true", await PutAsync(program, "kept"));
            await program.Until(async () => await SpansAsync(program, null) > 0, Enough, "spans of the first run");
        });
        Assert.NotNull(first);

        await RunAndEndAsync(disk, system.Folder, async program =>
        {
            disk.Fill(Path.Combine(state, "ballast"));
            await program.Until(
                async () =>
                {
                    await AskAsync(program);
                    return (await program.Api<JsonElement>("findings")).GetProperty("findings").EnumerateArray().Any(finding => finding.GetProperty("code").GetString() == "CW7201");
                },
                Enough, "the finding of the full disk");

            // Traffic is carried and seen, what was stored is read, and what cannot be stored is said not to be.
            await AskAsync(program);
            Assert.True((await program.Api<JsonElement>("telemetry")).GetProperty("memoryOnly").GetBoolean());
            Assert.True(await SpansAsync(program, null) > 0);
            Assert.True(await SpansAsync(program, first) > 0);
            Assert.Equal("kept", await ValueAsync(program));
            Assert.NotEqual("true", await PutAsync(program, new string('x', 100_000)));
            Assert.Equal("kept", await ValueAsync(program));
            await AskAsync(program);
        });

        File.Delete(disk.Seen(Path.Combine(state, "ballast")));
        await RunAndEndAsync(disk, system.Folder, async program =>
        {
            Assert.Equal("kept", await ValueAsync(program));
            Assert.True(await SpansAsync(program, first) > 0);
        });
    }

    private static async Task RunAndEndAsync(SmallDisk disk, string folder, Func<RunningProgram, Task> meanwhile)
    {
        await using var program = RunningProgram.Start(disk, folder);
        await program.UntilAllHealthy(Enough);
        await AskAsync(program);
        await meanwhile(program);
        program.Signal(UnixProcesses.SigInt);
        Assert.Equal(130, await program.Ended(Enough));
        Assert.DoesNotContain("   at ", program.Said, StringComparison.Ordinal);
    }

    private static async Task AskAsync(RunningProgram program)
    {
        using var client = new HttpClient();
        Assert.Equal("back", await client.GetStringAsync(program.Gateway, Cancelled));
    }

    private static async Task<int> SpansAsync(RunningProgram program, string? run) =>
        (await program.Api<JsonElement>("traces?limit=10" + (run is null ? "" : "&run=" + run))).GetProperty("traces").GetArrayLength();

    private static async Task<Uri> KeyAsync(RunningProgram program, string query) =>
        new((await program.Api<JsonElement>("system")).GetProperty("registryUrl").GetString() + "/v1/kv/word" + query);

    private static async Task<string> PutAsync(RunningProgram program, string value)
    {
        using var client = new HttpClient();
        using var answer = await client.PutAsync(await KeyAsync(program, ""), new StringContent(value), Cancelled);
        return answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadAsStringAsync(Cancelled) : $"{answer.StatusCode}";
    }

    private static async Task<string> ValueAsync(RunningProgram program)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(await KeyAsync(program, "?raw"), Cancelled);
    }

    private static Dictionary<string, string> Everything(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(
        path => Path.GetRelativePath(folder, path), path => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))), StringComparer.Ordinal);
}
