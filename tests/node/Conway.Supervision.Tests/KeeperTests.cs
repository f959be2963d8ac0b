using System.Diagnostics;
using System.IO.Pipelines;

namespace Conway.Supervision.Tests;

public sealed class KeeperTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_the_pipe_ends_everything_that_carries_the_run_is_killed_grandchildren_in_other_groups_too()
    {
        var run = "r-test-" + Guid.NewGuid().ToString("N");
        using var child = StartShell(run, "setsid sleep 1000 & exec sleep 1000");
        await WaitFor(() => UnixProcesses.Carrying("CONWAY_RUN", run).Count == 2);
        var pipe = new Pipe();
        var keeping = Keeper.RunAsync(run, pipe.Reader.AsStream(), Cancel);
        Assert.False(keeping.IsCompleted);
        Assert.Equal(2, UnixProcesses.Carrying("CONWAY_RUN", run).Count);
        await pipe.Writer.CompleteAsync();
        await keeping;
        Assert.Empty(UnixProcesses.Carrying("CONWAY_RUN", run));
    }

    [Fact]
    public async Task Another_runs_processes_are_left_alone()
    {
        var mine = "r-test-" + Guid.NewGuid().ToString("N");
        using var other = StartShell(mine + "-other", "exec sleep 1000");
        await WaitFor(() => UnixProcesses.Carrying("CONWAY_RUN", mine + "-other").Count == 1);
        Assert.Equal(0, await Keeper.SweepAsync(mine, TimeProvider.System, Cancel));
        Assert.False(other.HasExited);
        Assert.Equal(1, await Keeper.SweepAsync(mine + "-other", TimeProvider.System, Cancel));
    }

    private static Process StartShell(string run, string command)
    {
        var info = new ProcessStartInfo("/bin/sh") { UseShellExecute = false };
        info.ArgumentList.Add("-c");
        info.ArgumentList.Add(command);
        info.Environment["CONWAY_RUN"] = run;
        return Process.Start(info)!;
    }

    private static async Task WaitFor(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        while (!condition())
        {
            await Task.Delay(10, limit.Token);
        }
    }
}
