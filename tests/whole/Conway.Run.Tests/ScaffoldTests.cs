using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Conway.Run;

/// <summary>What <c>conway new</c> makes is real: the compiler, its own tests and a run say so.</summary>
public sealed class ScaffoldTests
{
    [Fact]
    public async Task A_system_made_by_commands_builds_passes_its_tests_and_runs()
    {
        using var system = await MadeSystem.Make();
        await system.Conway("new", "system", "demo");
        Assert.Contains("\n0 errors, 0 warnings, ", await system.Conway("check", "--strict"), StringComparison.Ordinal);

        // Warnings are errors there, so a build says that analyzers and code style are content.
        Assert.Contains("Passed!", await system.Succeeds("dotnet", "test", "-nodeReuse:false"), StringComparison.Ordinal);
        await system.Succeeds("dotnet", "format", "whitespace", ".", "--folder", "--verify-no-changes");

        await using var run = RunningProgram.Start(system.Variables, system.Folder);
        await run.UntilAllHealthy(TimeSpan.FromMinutes(5));
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = run.Gateway };
        var answer = await client.PutAsJsonAsync("/api/v1/greetings/one", new { name = "hello" }, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.Created, answer.StatusCode);
        var page = JsonNode.Parse(await client.GetStringAsync("/api/v1/greetings", TestContext.Current.CancellationToken))!;
        Assert.Equal("hello", page["items"]![0]!["name"]!.GetValue<string>());
    }
}
