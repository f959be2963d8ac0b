namespace Conway.Supervision.Tests;

public sealed class ServiceProcessTests
{
    [Fact]
    public async Task A_process_that_is_killed_the_moment_it_starts_ends()
    {
        for (var i = 0; i < 20; i++)
        {
            var (process, problem) = ServiceProcess.Start(new ProcessStart("node", ["-e", "setTimeout(() => {}, 20000)"], Path.GetTempPath(), []), _ => { }, _ => { });
            Assert.Null(problem);
            using var started = process!;
            started.Kill();
            Assert.NotEqual(0, await started.Exited.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        }
    }
}
