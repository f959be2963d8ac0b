using System.ComponentModel;
using System.Diagnostics;
using Conway.Lowering;

namespace Conway.Supervision;

/// <summary>What is needed to start a process.</summary>
/// <param name="FileName">The program.</param>
/// <param name="Environment">Set on top of the node's own environment.</param>
public sealed record ProcessStart(string FileName, IReadOnlyList<string> Arguments, string Directory, IReadOnlyList<VariablePlan> Environment);

/// <summary>One running process of a service, in a session of its own so that the terminal's Ctrl-C does not reach it.</summary>
public sealed class ServiceProcess : IDisposable
{
    private static readonly string? Setsid = new[] { "/usr/bin/setsid", "/bin/setsid" }.FirstOrDefault(File.Exists);

    private readonly Process _process;
    private readonly Task _output;

    private ServiceProcess(Process process, Action<ReadOnlyMemory<byte>> output, Action<ReadOnlyMemory<byte>> error)
    {
        _process = process;
        Pid = process.Id;
        _output = Task.WhenAll(
            OutputLines.ReadAsync(process.StandardOutput.BaseStream, output, CancellationToken.None),
            OutputLines.ReadAsync(process.StandardError.BaseStream, error, CancellationToken.None));
        Exited = WaitAsync();
    }

    public int Pid { get; }

    /// <summary>Ends when the process has, with its exit code (128 + signal when it was killed). Lines already written are read first,
    /// but a grandchild that keeps the pipe open is not waited for.</summary>
    public Task<int> Exited { get; }

    /// <summary>Starts it.</summary>
    /// <returns>The process, or why it could not be started, in a sentence.</returns>
    public static (ServiceProcess? Process, string? Problem) Start(ProcessStart start, Action<ReadOnlyMemory<byte>> output, Action<ReadOnlyMemory<byte>> error)
    {
        if (!Directory.Exists(start.Directory))
        {
            return (null, $"its folder '{start.Directory}' does not exist");
        }

        var info = new ProcessStartInfo
        {
            FileName = Setsid ?? start.FileName,
            WorkingDirectory = start.Directory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Setsid is not null)
        {
            info.ArgumentList.Add(start.FileName);
        }

        foreach (var argument in start.Arguments)
        {
            info.ArgumentList.Add(argument);
        }

        foreach (var inherited in ProcessEnvironment.NotInherited)
        {
            info.Environment.Remove(inherited);
        }

        foreach (var variable in start.Environment)
        {
            info.Environment[variable.Name] = variable.Value;
        }

        try
        {
            var process = new Process { StartInfo = info };
            process.Start();
            process.StandardInput.Close();
            return (new ServiceProcess(process, output, error), null);
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException)
        {
            return (null, $"'{start.FileName}' could not be started: {e.Message}");
        }
    }

    /// <summary>Asks it to end, then after <paramref name="drain"/> kills it with all that it started. Ends when it has gone.</summary>
    /// <param name="kill">When it ends the wait early: kill at once.</param>
    /// <returns>Whether it ended by itself.</returns>
    public async Task<bool> StopAsync(TimeSpan drain, CancellationToken kill)
    {
        if (Exited.IsCompleted)
        {
            return true;
        }

        Terminate(UnixProcesses.SigTerm);
        var ended = await Task.WhenAny(Exited, Task.Delay(drain, kill)).ConfigureAwait(false) == Exited;
        Kill();
        await Exited.ConfigureAwait(false);
        return ended;
    }

    /// <summary>Kills it and everything in its group at once.</summary>
    public void Kill() => Terminate(UnixProcesses.SigKill);

    public void Dispose() => _process.Dispose();

    private void Terminate(int signal)
    {
        if (OperatingSystem.IsWindows())
        {
            _process.Kill(entireProcessTree: true);
        }
        else if (Setsid is null)
        {
            UnixProcesses.Signal(Pid, signal);
        }
        else if (!UnixProcesses.SignalGroup(Pid, signal) && !Exited.IsCompleted && !_process.HasExited)
        {
            // It was started this moment and has no group of its own yet, nor anything that it started.
            UnixProcesses.Signal(Pid, signal);
        }
    }

    private async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        await Task.WhenAny(_output, Task.Delay(TimeSpan.FromMilliseconds(200), CancellationToken.None)).ConfigureAwait(false);
        return _process.ExitCode;
    }
}
