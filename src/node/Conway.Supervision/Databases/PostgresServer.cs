using System.Text;
using Conway.Lowering;
using Conway.Model;

namespace Conway.Supervision.Databases;

/// <summary>A PostgreSQL server that is kept alive: started again at the same address when it ends by itself, stopped without loss.</summary>
/// <remarks>Thread-safe, but for <see cref="StopAsync"/>, which comes last.</remarks>
public sealed class PostgresServer
{
    private const string Ready = "ready to accept connections";

    /// <summary>How long a server may take from its start until it serves. After a crash it first goes through what it had written last.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Leave = TimeSpan.FromSeconds(10);

    private readonly PostgresCluster _cluster;
    private readonly string _run;
    private readonly TimeProvider _clock;
    private readonly Action<string> _tell;
    private readonly CancellationTokenSource _ending = new();
    private Task _keeping = Task.CompletedTask;
    private volatile Incarnation _current;

    private PostgresServer(PostgresCluster cluster, string run, int port, TimeProvider clock, Action<string> tell, Incarnation first)
    {
        (_cluster, _run, Port, _clock, _tell, _current) = (cluster, run, port, clock, tell, first);
    }

    /// <summary>On loopback.</summary>
    public int Port { get; }

    /// <summary>The process that serves, or served last.</summary>
    public int Pid => _current.Process.Pid;

    /// <summary>Makes the data folder if need be, ends what an earlier run left on it, and starts the server. Returns when it serves.</summary>
    /// <param name="tell">Is told when it ends by itself, in a sentence.</param>
    /// <exception cref="InvalidOperationException">It did not start; the message says what it said.</exception>
    public static async Task<PostgresServer> StartAsync(PostgresCluster cluster, string run, int port, TimeProvider clock, Action<string> tell, CancellationToken cancel)
    {
        await cluster.MakeAsync(cancel).ConfigureAwait(false);
        await LeftPostmaster.EndAsync(cluster.Data, clock, cancel).ConfigureAwait(false);
        var first = Incarnation.Start(cluster.Start(run, port));
        try
        {
            if (await first.EndedInsteadAsync(clock, cancel).ConfigureAwait(false) is { } why)
            {
                throw new InvalidOperationException($"The PostgreSQL server of the run did not start: {why}.");
            }
        }
        catch
        {
            await EndAsync(first.Process, clock, new CancellationToken(canceled: true)).ConfigureAwait(false);
            first.Process.Dispose();
            throw;
        }

        var server = new PostgresServer(cluster, run, port, clock, tell, first);
        server._keeping = server.KeepAsync();
        return server;
    }

    /// <summary>See <see cref="PostgresCluster.FillAsync"/>. Waits until the server serves, when it is being started again.</summary>
    /// <exception cref="InvalidOperationException">The server refused; the message says what it said.</exception>
    public async Task FillAsync(IReadOnlyList<PostgresDatabase> databases, Func<string, string> passwordOf, CancellationToken cancel)
    {
        while (_current.Process.Exited.IsCompleted || !_current.Serves.IsCompleted)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), _clock, cancel).ConfigureAwait(false);
        }

        await _cluster.FillAsync(Port, databases, passwordOf, cancel).ConfigureAwait(false);
    }

    /// <summary>Ends it when nobody needs it any more: who is still connected is cut off, and everything is written.</summary>
    /// <param name="kill">When it ends the wait early: the next start then goes through what was written last.</param>
    public async Task StopAsync(CancellationToken kill)
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _keeping.ConfigureAwait(false);
        await EndAsync(_current.Process, _clock, kill).ConfigureAwait(false);
        _current.Process.Dispose();
        _ending.Dispose();
    }

    /// <summary>Signals go to the server alone, which ends its own processes in order. It would wait for its clients on SIGTERM, so that is not sent.</summary>
    private static async Task EndAsync(ServiceProcess process, TimeProvider clock, CancellationToken kill)
    {
        if (!kill.IsCancellationRequested)
        {
            UnixProcesses.Signal(process.Pid, UnixProcesses.SigInt);
            await Task.WhenAny(process.Exited, Task.Delay(Leave, clock, kill)).ConfigureAwait(false);
        }

        if (!process.Exited.IsCompleted)
        {
            UnixProcesses.Signal(process.Pid, UnixProcesses.SigQuit);
            await Task.WhenAny(process.Exited, Task.Delay(Leave, clock, CancellationToken.None)).ConfigureAwait(false);
        }

        if (!process.Exited.IsCompleted)
        {
            process.Kill();
        }

        await process.Exited.ConfigureAwait(false);
    }

    private async Task KeepAsync()
    {
        var backoff = new RestartBackoff();
        var stopped = Task.Delay(Timeout.InfiniteTimeSpan, _clock, _ending.Token);
        while (true)
        {
            var (current, started) = (_current, _clock.GetTimestamp());
            await Task.WhenAny(current.Process.Exited, stopped).ConfigureAwait(false);
            if (_ending.IsCancellationRequested)
            {
                return;
            }

            var code = await current.Process.Exited.ConfigureAwait(false);
            current.Process.Dispose();
            var pause = backoff.Crashed(_clock.GetElapsedTime(started), current.Serves.IsCompleted);
            _tell($"the PostgreSQL server {ExitText.Of(code)}{(current.Serves.IsCompleted ? "" : $" ({current.Said})")}; next try {(pause == TimeSpan.Zero ? "now" : $"in {UnitText.Format(pause)}")}");
            await Task.WhenAny(Task.Delay(pause, _clock, _ending.Token), stopped).ConfigureAwait(false);
            if (_ending.IsCancellationRequested)
            {
                return;
            }

            try
            {
                await LeftPostmaster.EndAsync(_cluster.Data, _clock, _ending.Token).ConfigureAwait(false);
                _current = Incarnation.Start(_cluster.Start(_run, Port));
            }
            catch (Exception e) when (e is OperationCanceledException or InvalidOperationException or IOException or UnauthorizedAccessException)
            {
                // The old one is looked at again, and has ended: so it is tried again after a longer pause.
                _tell($"the PostgreSQL server was not started: {e.Message}");
            }
        }
    }

    /// <summary>One process of the server.</summary>
    private sealed class Incarnation
    {
        private readonly RecentLines _said = new();
        private readonly TaskCompletionSource _serves = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private Incarnation(ProcessStart start)
        {
            var (process, problem) = ServiceProcess.Start(start, Take, Take);
            Process = process ?? throw new InvalidOperationException(problem);
        }

        public ServiceProcess Process { get; }

        public Task Serves => _serves.Task;

        /// <summary>What it said last, on one line.</summary>
        public string Said => string.Join("; ", _said.Snapshot().Select(line => line.Trim()).Where(line => line.Contains("FATAL", StringComparison.Ordinal) || line.StartsWith("HINT", StringComparison.Ordinal) || line.Contains("could not", StringComparison.Ordinal)).TakeLast(2)) is { Length: > 0 } told
            ? told
            : _said.Last ?? "it said nothing";

        public static Incarnation Start(ProcessStart start) => new(start);

        /// <summary>Null when it serves, else what happened instead.</summary>
        public async Task<string?> EndedInsteadAsync(TimeProvider clock, CancellationToken cancel)
        {
            var first = await Task.WhenAny(Serves, Process.Exited, Task.Delay(Patience, clock, cancel)).ConfigureAwait(false);
            cancel.ThrowIfCancellationRequested();
            return first == Serves ? null
                : first == Process.Exited ? $"it {ExitText.Of(await Process.Exited.ConfigureAwait(false))}: {Said}"
                : $"it did not serve within {UnitText.Format(Patience)}: {Said}";
        }

        private void Take(ReadOnlyMemory<byte> line)
        {
            _said.Add(line.Span);
            if (Encoding.UTF8.GetString(line.Span).Contains(Ready, StringComparison.Ordinal))
            {
                _serves.TrySetResult();
            }
        }
    }
}
