using System.Diagnostics;

namespace Conway.Telemetry.Tests;

public sealed class FullDiskTests
{
    [Fact]
    public async Task A_disk_that_is_really_full_costs_nothing_that_was_on_it_and_is_written_again_when_there_is_space()
    {
        var folder = Directory.CreateTempSubdirectory("conway-telemetry-");
        await using var disk = await SmallDisk.MountAsync(folder.FullName, 1024 * 1024);
        string[] command = disk.Inside("dotnet", typeof(FullDiskTests).Assembly.Location, "full", folder.FullName);
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var stop = TestContext.Current.CancellationToken;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
        try
        {
            await process.WaitForExitAsync(stop).WaitAsync(TimeSpan.FromMinutes(2), stop);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            folder.Delete();
        }

        Assert.Equal("", await error);
        Assert.Equal(
            """
            full: CW7201 memory only True
            every line of it is found: True
            lines of the run that ended: 200
            space again, and half a minute not over: CW7201 memory only True
            half a minute later:  memory only False
            every line of it is found: True
            lines on the disk at the end: those before and those after
            started on a full disk: CW7201 memory only True
            every line of it is found: True
            lines of the runs before: 200, True

            """,
            await output);
        Assert.Equal(0, process.ExitCode);
    }
}
