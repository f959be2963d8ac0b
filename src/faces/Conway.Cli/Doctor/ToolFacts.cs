using System.ComponentModel;
using System.Diagnostics;

namespace Conway.Cli;

/// <summary>Programs that build and start services.</summary>
internal static class ToolFacts
{
    private const int DotNetMin = 10;
    private const int NodeMin = 20;
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(10);

    public static async Task<DoctorFact?> DotNetAsync(DoctorSubject subject, CancellationToken cancellationToken)
    {
        // In the system's folder, since a global.json there decides which SDK it is.
        var (version, problem) = await VersionAsync("dotnet", subject, cancellationToken);
        return version is null
            ? subject.NeedsDotNet
                ? new DoctorFact("dotnet", DoctorState.Bad, problem, $"Install the .NET SDK {DotNetMin} (https://dot.net) and have dotnet on PATH.")
                : DoctorFact.Good("dotnet", "not there; no service needs it")
            : MajorOf(version) < DotNetMin
                ? new DoctorFact("dotnet", DoctorState.Odd, version, $"Services that use Conway's libraries need SDK {DotNetMin}; look at global.json too.")
                : DoctorFact.Good("dotnet", $"SDK {version}");
    }

    public static async Task<DoctorFact?> NodeAsync(DoctorSubject subject, CancellationToken cancellationToken)
    {
        if (!subject.NeedsNode)
        {
            return null;
        }

        var (version, problem) = await VersionAsync("node", subject, cancellationToken);
        return version is null
            ? new DoctorFact("node", DoctorState.Bad, problem, $"Install Node.js {NodeMin} or later, and have node and npm on PATH.")
            : MajorOf(version) < NodeMin
                ? new DoctorFact("node", DoctorState.Odd, version, $"Node.js {NodeMin} is the oldest that is still mended.")
                : DoctorFact.Good("node", version);
    }

    private static int MajorOf(string version) => int.TryParse(version.TrimStart('v').Split('.')[0], out var major) ? major : 0;

    /// <summary>What a program prints for <c>--version</c>, or why it could not be asked.</summary>
    private static async Task<(string? Version, string Problem)> VersionAsync(string program, DoctorSubject subject, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(PatienceMax);
        Process? process = null;
        try
        {
            process = Process.Start(new ProcessStartInfo(program, "--version")
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = subject.Location?.Folder ?? subject.Terminal.CurrentFolder,
            });
            if (process is null)
            {
                return (null, $"{program} could not be started");
            }

            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            var text = (await output).Trim();
            return process.ExitCode == 0 && text.Length > 0
                ? (text.Split('\n')[0], "")
                : (null, $"{program} --version failed: {SafeText.OneLine(SafeText.Cut((await error).Trim().Split('\n')[0], 120))}");
        }
        catch (Win32Exception)
        {
            return (null, $"{program} is not on PATH");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process?.Kill(entireProcessTree: true);
            return (null, $"{program} --version did not answer in {PatienceMax.TotalSeconds:0} s");
        }
        finally
        {
            process?.Dispose();
        }
    }
}
