using System.Diagnostics;
using Conway.Node;

namespace Conway.Cli;

/// <summary><c>conway run --detach</c>: the same run in a session of its own, followed over its API until all are healthy.</summary>
internal static class DetachedRun
{
    private const int TailLines = 20;

    // The engines and the API are there before anything is built.
    private static readonly TimeSpan ListenMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public static async Task<ExitCode> StartAsync(ModelLocation location, IReadOnlyList<string> words, TimeSpan timeout, Terminal terminal, CancellationToken cancellationToken)
    {
        string log;
        try
        {
            StateFolder.Create(location);
            if (NodeHost.AlreadyRunning(location.RunFolder) is { } running)
            {
                return terminal.Refuse(ExitCode.StartFailed, $"{running.Message} {running.Mend}");
            }

            log = Path.Combine(location.RunFolder, "run.log");
            await File.WriteAllTextAsync(log, "", cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return terminal.Refuse(ExitCode.StartFailed, $"{location.RunFolder} cannot be written to: {e.Message.TrimEnd('.')}.");
        }

        using var child = Start(log, words);
        ExitCode code;
        try
        {
            code = await FollowAsync(location, child, log, timeout, terminal, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            terminal.Note($"still running; log: {log}; stop it with: {Stop(location)}");
            throw;
        }

        terminal.Note(code == ExitCode.Ok
            ? $"running; log: {log}; stop it with: {Stop(location)}"
            : child.HasExited ? $"log: {log}" : $"still running; log: {log}; stop it with: {Stop(location)}");
        return code;
    }

    private static Process Start(string log, IReadOnlyList<string> words)
    {
        // The shell gives the file to the child as its output and is replaced by it; setsid takes it out of reach of this terminal's signals.
        var session = File.Exists("/usr/bin/setsid") ? new[] { "/usr/bin/setsid" } : [];
        var info = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >>\"$0\" 2>&1 </dev/null", log, .. session, .. ThisProgram.Line, .. words]);
        return Process.Start(info) ?? throw new InvalidOperationException("The run in the background could not be started.");
    }

    private static async Task<ExitCode> FollowAsync(ModelLocation location, Process child, string log, TimeSpan timeout, Terminal terminal, CancellationToken cancellationToken)
    {
        var view = RunView.For(terminal);
        RunScreenState? state = null;
        TimeSpan? deadline = null;
        var began = terminal.Time.GetTimestamp();
        while (!child.HasExited)
        {
            if (NodeFile.TryRead(location) is { Token.Length: > 0 } file && file.Pid == child.Id)
            {
                using var node = new NodeClient(file);
                try
                {
                    state = await LookAsync(node, state, view, terminal, cancellationToken);
                }
                catch (Exception e) when (e is HttpRequestException or IOException or NodeRefused)
                {
                    // Not listening yet, or not any more; the child's end tells which.
                }
            }

            if (state is null && terminal.Time.GetElapsedTime(began) > ListenMax)
            {
                return terminal.Refuse(ExitCode.Timeout, $"the run (process {child.Id}) does not answer after {Spans.Short(ListenMax)}.");
            }

            // Builds do not count: the time begins when nothing is being built any more.
            if (state is { Services.Count: > 0 } && state.Services.All(s => s.State != "building"))
            {
                deadline ??= terminal.Time.GetElapsedTime(began) + timeout;
            }

            if (state is { AllHealthy: true })
            {
                view.Print([AllHealthy.Say(state.Services.Count, terminal.Time.GetElapsedTime(began))]);
                return ExitCode.Ok;
            }

            if (state?.Services.FirstOrDefault(s => s.State == "failed") is { } failed && state.Services.All(s => s.State is "healthy" or "failed" or "waiting" or "stopped"))
            {
                return terminal.Refuse(ExitCode.StartFailed, $"'{failed.Name}' has failed: {failed.Note}");
            }

            if (terminal.Time.GetElapsedTime(began) > deadline)
            {
                return terminal.Refuse(ExitCode.Timeout, $"after {Spans.Short(timeout)} not all are healthy: {string.Join(", ", state!.Services.Where(s => s.State != "healthy").Select(s => $"{s.Name} ({s.State})"))}.");
            }

            await Task.Delay(Pause, terminal.Time, cancellationToken);
        }

        foreach (var line in (await File.ReadAllLinesAsync(log, cancellationToken)).TakeLast(TailLines))
        {
            terminal.Error.WriteLine(SafeText.OneLine(line));
        }

        return Enum.IsDefined((ExitCode)child.ExitCode) && child.ExitCode != 0 ? (ExitCode)child.ExitCode : ExitCode.StartFailed;
    }

    private static async Task<RunScreenState> LookAsync(NodeClient node, RunScreenState? state, RunView view, Terminal terminal, CancellationToken cancellationToken)
    {
        var now = terminal.Time.GetUtcNow();
        if (state is null)
        {
            var system = await node.SystemAsync(cancellationToken);
            state = new RunScreenState { System = system.Name, StartedAt = system.StartedAt };
            view.Print([.. system.GatewayUrl is { } gateway ? [$"storefront  {gateway}"] : Array.Empty<string>(), $"console     {system.ConsoleUrl}"]);
        }

        foreach (var service in (await node.ServicesAsync(cancellationToken)).Select(RunServices.Of))
        {
            view.Changed(state.Services.FirstOrDefault(s => s.Name == service.Name), service);
            state = state.With(service, now);
        }

        view.Draw(state);
        return state;
    }

    private static string Stop(ModelLocation location) => $"conway stop {Quoted(location.Folder)}{IsolatedRuns.Words(location)}";

    private static string Quoted(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"'{path}'" : path;
}
