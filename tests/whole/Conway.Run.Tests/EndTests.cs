using System.Net.Sockets;
using Conway.Supervision;

namespace Conway.Run;

/// <summary>However a run ends, nothing is left of it.</summary>
public sealed class EndTests
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Ctrl_C_drains_and_ends_with_130_and_nothing_is_left()
    {
        using var system = new SmallSystem();
        await using var program = RunningProgram.Start(system.Folder);
        await program.UntilAllHealthy(Enough);
        var run = program.Node.Run;
        Assert.Equal(5, RunningProgram.Alive(run).Count);
        program.Signal(UnixProcesses.SigInt);
        Assert.Equal(130, await program.Ended(Enough));
        NothingLeft(program, run);
        Assert.DoesNotContain("   at ", program.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_Ctrl_C_does_not_wait_for_who_will_not_end()
    {
        using var system = new SmallSystem();
        system.Write("back.js", "process.on('SIGTERM', () => console.log('no')); require('http').createServer((q, r) => r.end('back')).listen(process.env.PORT, process.env.HOST);");
        system.Write("conway.yaml", File.ReadAllText(Path.Combine(system.Folder, "conway.yaml")).Replace("drain: 2s", "drain: 5m", StringComparison.Ordinal));
        await using var program = RunningProgram.Start(system.Folder);
        await program.UntilAllHealthy(Enough);
        var run = program.Node.Run;
        program.Signal(UnixProcesses.SigInt);
        await program.Until(async () => (await program.Service("front")).GetProperty("state").GetString() is "stopping" or "stopped", Enough, "stopping");
        program.Signal(UnixProcesses.SigInt);
        Assert.Equal(130, await program.Ended(Enough));
        NothingLeft(program, run);
    }

    [Fact]
    public async Task SIGTERM_ends_it_with_143()
    {
        using var system = new SmallSystem();
        await using var program = RunningProgram.Start(system.Folder);
        await program.UntilAllHealthy(Enough);
        var run = program.Node.Run;
        program.Signal(UnixProcesses.SigTerm);
        Assert.Equal(143, await program.Ended(Enough));
        NothingLeft(program, run);
    }

    [Fact]
    public async Task After_kill_9_of_the_node_its_keeper_ends_everything_and_the_next_run_starts_at_once()
    {
        using var system = new SmallSystem();
        await using (var program = RunningProgram.Start(system.Folder))
        {
            await program.UntilAllHealthy(Enough);
            var run = program.Node.Run;
            program.Signal(UnixProcesses.SigKill);
            await program.Ended(Enough);
            using var stop = new CancellationTokenSource(Enough);
            while (RunningProgram.Alive(run).Count > 0)
            {
                await Task.Delay(10, stop.Token);
            }

            await Free(program.GatewayPort, stop.Token);
        }

        await using var next = RunningProgram.Start(system.Folder);
        await next.UntilAllHealthy(Enough);
    }

    /// <summary>What the other tests rely on: a process that is left is seen.</summary>
    [Fact]
    public void The_look_for_left_overs_sees_one()
    {
        var run = "r-test-" + Guid.NewGuid().ToString("N");
        var info = new System.Diagnostics.ProcessStartInfo("sleep", "1000");
        info.Environment["CONWAY_RUN"] = run;
        using var left = System.Diagnostics.Process.Start(info)!;
        Assert.Equal([left.Id], RunningProgram.Alive(run));
        left.Kill();
        left.WaitForExit();
        Assert.Empty(RunningProgram.Alive(run));
    }

    private static void NothingLeft(RunningProgram program, string run)
    {
        Assert.Empty(RunningProgram.Alive(run));
        Assert.False(File.Exists(Path.Combine(program.Folder, ".conway", "node.json")));
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, program.GatewayPort);
        listener.Start();
    }

    private static async Task Free(int port, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                using var listener = new TcpListener(System.Net.IPAddress.Loopback, port);
                listener.Start();
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(10, cancel);
            }
        }
    }
}
