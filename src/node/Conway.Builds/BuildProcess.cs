using System.ComponentModel;
using System.Diagnostics;

namespace Conway.Builds;

/// <summary>Runs a build to its end and keeps its last lines.</summary>
internal static class BuildProcess
{
    /// <summary>What a shell answers for a program that is not there.</summary>
    private const int NotFound = 127;

    /// <summary>On cancellation the process and everything it started is killed before the exception leaves.</summary>
    public static async Task<(int Code, IReadOnlyList<string> Last)> RunAsync(ProcessStartInfo info, Action<string> line, int linesMax, CancellationToken cancel)
    {
        using var process = new Process { StartInfo = info };
        var last = new Queue<string>();
        void Take(string? text)
        {
            if (text is null)
            {
                return;
            }

            lock (last)
            {
                last.Enqueue(text);
                if (last.Count > linesMax)
                {
                    last.Dequeue();
                }
            }

            line(text);
        }

        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.ErrorDataReceived += (_, e) => Take(e.Data);
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            var problem = $"'{info.FileName}' could not be started: {e.Message}";
            line(problem);
            return (NotFound, [problem]);
        }

        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var exited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => exited.TrySetResult();
        if (process.HasExited)
        {
            exited.TrySetResult();
        }

        try
        {
            // Not WaitForExitAsync alone: that also waits for the end of the pipes, which a build server that stays behind keeps open.
            await exited.Task.WaitAsync(cancel).ConfigureAwait(false);
            using var drain = new CancellationTokenSource(TimeSpan.FromMilliseconds(250));
            try
            {
                await process.WaitForExitAsync(drain.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // A server holds the pipe; what the build itself wrote has arrived.
            }
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        lock (last)
        {
            return (process.ExitCode, [.. last]);
        }
    }
}
