using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;

namespace Conway.Run;

/// <summary>A system in the background, as scripts use it: started, asked, stopped by separate calls of the program.</summary>
public sealed class DetachTests
{
    [Fact]
    public async Task A_detached_run_returns_when_all_are_healthy_is_there_for_other_verbs_and_leaves_nothing_when_it_is_stopped()
    {
        using var system = new SmallSystem();
        var port = FreePorts.Next();
        try
        {
            var run = await Call("run", system.Folder, "--detach", "--port", $"{port}", "--console-port", $"{FreePorts.Next()}");
            Assert.True(run.Code == 0, run.Said);
            Assert.Contains("all 2 services healthy after ", run.Said, StringComparison.Ordinal);
            Assert.Contains($"stop it with: conway stop '{system.Folder}'", run.Said, StringComparison.Ordinal);
            using var client = new HttpClient();
            Assert.Equal("back", await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/"), TestContext.Current.CancellationToken));

            var node = Node(system.Folder);
            var shown = await Call("ps", system.Folder);
            Assert.True(shown.Code == 0, shown.Said);
            Assert.All(["front", "back"], service => Assert.Matches($"(?m)^{service}-1 .*healthy", shown.Said));

            // A second one says what runs where, whichever way it is asked for, and leaves the log of the first alone.
            var log = await File.ReadAllTextAsync(Path.Combine(system.Folder, ".conway", "run.log"), TestContext.Current.CancellationToken);
            foreach (var way in (string[][])[["run", system.Folder, "--detach"], ["run", system.Folder, "--no-open"]])
            {
                var second = await Call(way);
                Assert.Equal(5, second.Code);
                Assert.Contains($"A node already runs on this folder (process {node.Pid}, {node.Url}). Use it (conway ps, conway open), end it (conway stop), or run another one beside it (conway run --isolated NAME).", second.Said, StringComparison.Ordinal);
            }

            Assert.Equal(log, await File.ReadAllTextAsync(Path.Combine(system.Folder, ".conway", "run.log"), TestContext.Current.CancellationToken));
            Assert.Equal(5, RunningProgram.Alive(node.Run).Count);

            var stop = await Call("stop", system.Folder);
            Assert.True(stop.Code == 0, stop.Said);
            Assert.Empty(RunningProgram.Alive(node.Run));
            Assert.False(File.Exists(Path.Combine(system.Folder, ".conway", "node.json")));
            using (var listener = new TcpListener(System.Net.IPAddress.Loopback, port))
            {
                listener.Start();
            }

            Assert.NotEqual(0, (await Call("ps", system.Folder)).Code);
        }
        finally
        {
            await End(system.Folder);
        }
    }

    [Fact]
    public async Task Runs_of_their_own_stand_beside_each_other_on_one_folder_and_end_one_by_one()
    {
        using var system = new SmallSystem();
        system.Write("back.js", "require('http').createServer((q, r) => r.end('back of ' + process.env.BACK_DB_CONNECTION)).listen(process.env.PORT, process.env.HOST);");
        system.Write("conway.yaml", """
            conway: 1
            system: small
            services:
              front: { command: node front.js, calls: { back: { timeout: 1s, retries: 1 } } }
              back: { command: node back.js, owns: { back-db: { engine: sqlite } } }
            gateway: { routes: [ { path: "/**", to: front } ] }
            """);
        string[][] names = [[], ["--isolated", "review"], ["--isolated", "other"]];
        try
        {
            Assert.Equal("conway: no run 'review' is in this folder. Start it with 'conway run --isolated review'.\n", (await Call("ps", system.Folder, "--isolated", "review")).Said);
            var runs = await Task.WhenAll(names.Select(name => Call(["run", system.Folder, "--detach", "--port", $"{FreePorts.Next()}", "--console-port", $"{FreePorts.Next()}", .. name])));
            Assert.All(runs, run => Assert.True(run.Code == 0, run.Said));
            Assert.Contains($"stop it with: conway stop '{system.Folder}' --isolated review", runs[1].Said, StringComparison.Ordinal);

            // Each has its own processes, gateway and stores.
            using var client = new HttpClient();
            var answers = new List<string>();
            foreach (var run in runs)
            {
                var storefront = run.Said.Split('\n').Single(l => l.StartsWith("storefront", StringComparison.Ordinal)).Split(' ')[^1];
                answers.Add(await client.GetStringAsync(new Uri(storefront), TestContext.Current.CancellationToken));
            }

            Assert.Equal(3, answers.Distinct().Count());
            Assert.Contains(Path.Combine(".conway", "isolated", "review", "stores"), answers[1], StringComparison.Ordinal);

            Assert.Contains("There are: the one without a name, --isolated other, --isolated review.", (await Call("ps", system.Folder, "--isolated", "none")).Said, StringComparison.Ordinal);
            Assert.Equal(5, (await Call("run", system.Folder, "--no-open", "--isolated", "review")).Code);
            var ids = names.Select(name => Node(system.Folder, name).Run).ToArray();
            for (var i = 0; i < names.Length; i++)
            {
                var stop = await Call(["stop", system.Folder, .. names[i]]);
                Assert.True(stop.Code == 0, stop.Said);
                Assert.Empty(RunningProgram.Alive(ids[i]));
                Assert.All(ids.Skip(i + 1), id => Assert.NotEmpty(RunningProgram.Alive(id)));
            }
        }
        finally
        {
            foreach (var name in names)
            {
                await End(system.Folder, name);
            }
        }
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("Review")]
    [InlineData("")]
    public async Task The_name_of_a_run_is_one_that_a_folder_can_have(string name)
    {
        using var system = new SmallSystem();
        var run = await Call("run", system.Folder, "--no-open", "--isolated", name);
        Assert.Equal(2, run.Code);
        Assert.Contains($"--isolated cannot be '{name}': a name has at most 32 small letters, digits and dashes", run.Said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(system.Folder, ".conway")));
    }

    [Fact]
    public async Task A_detached_run_of_a_service_that_fails_says_why_and_goes_on_until_it_is_stopped()
    {
        using var system = new SmallSystem();
        system.Write("front.js", "console.error('no such table: carts'); process.exit(4);");
        try
        {
            var run = await Call("run", system.Folder, "--detach", "--port", $"{FreePorts.Next()}", "--console-port", $"{FreePorts.Next()}");
            Assert.Equal(5, run.Code);
            Assert.Contains("'front' has failed: exited with code 4", run.Said, StringComparison.Ordinal);
            Assert.Contains("still running; log: ", run.Said, StringComparison.Ordinal);
            var id = Node(system.Folder).Run;
            Assert.NotEmpty(RunningProgram.Alive(id));
            var stop = await Call("stop", system.Folder);
            Assert.True(stop.Code == 0, stop.Said);
            Assert.Empty(RunningProgram.Alive(id));
        }
        finally
        {
            await End(system.Folder);
        }
    }

    [Fact]
    public async Task A_detached_run_of_a_broken_model_shows_the_finding_and_its_exit_code()
    {
        using var system = new SmallSystem();
        system.Write("conway.yaml", "conway: 1\nsystem: small\nservices:\n  front: { comand: node front.js }\n");
        var run = await Call("run", system.Folder, "--detach", "--port", $"{FreePorts.Next()}");
        Assert.Equal(3, run.Code);
        Assert.Contains("comand", run.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Said, StringComparison.Ordinal);
    }

    private static NodeAddress Node(string folder, params string[] isolated) =>
        JsonSerializer.Deserialize<NodeAddress>(File.ReadAllText(FileOf(folder, isolated)), JsonSerializerOptions.Web)!;

    private static string FileOf(string folder, params string[] isolated) =>
        Path.Combine(isolated is [_, var name] ? Path.Combine(folder, ".conway", "isolated", name) : Path.Combine(folder, ".conway"), "node.json");

    private static async Task<(int Code, string Said)> Call(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Product.Program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }

    /// <summary>Whatever a test that failed left running.</summary>
    private static async Task End(string folder, params string[] isolated)
    {
        if (File.Exists(FileOf(folder, isolated)))
        {
            var node = Node(folder, isolated);
            Conway.Supervision.UnixProcesses.Signal(node.Pid, Conway.Supervision.UnixProcesses.SigKill);
            await Conway.Supervision.Keeper.SweepAsync(node.Run, TimeProvider.System, CancellationToken.None);
        }
    }
}
