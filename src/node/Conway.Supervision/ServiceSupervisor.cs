namespace Conway.Supervision;

/// <summary>The replicas of one service. Commands are taken one after another; status may be read at any time.</summary>
public sealed class ServiceSupervisor : IAsyncDisposable
{
    /// <summary>So many processes at most start side by side for one service: a machine that starts twenty at once serves nobody meanwhile.</summary>
    private static readonly int TogetherMax = Math.Max(2, Environment.ProcessorCount);

    private readonly SupervisionContext _context;
    private readonly CancellationTokenSource _kill = new();
    private readonly SemaphoreSlim _command = new(1, 1);
    private CancellationTokenSource? _giveUp;
    private volatile Replica[] _replicas = [];

    public ServiceSupervisor(string name, SupervisionContext context)
    {
        Name = name;
        _context = context;
    }

    public string Name { get; }

    /// <summary>The launch that runs; null before the first start.</summary>
    public Launch? Launch { get; private set; }

    public IReadOnlyList<ReplicaStatus> Replicas => [.. _replicas.Select(r => r.Status)];

    /// <summary>The last lines of the replica with this number.</summary>
    public IReadOnlyList<string> RecentLines(int number) => _replicas.FirstOrDefault(r => r.Plan.Number == number)?.RecentLines ?? [];

    /// <summary>Starts every replica that does not run, adds and stops replicas until there are as many as planned.</summary>
    public async Task StartAsync(Launch launch, CancellationToken cancel)
    {
        await _command.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            Launch = launch;
            foreach (var replica in await ScaleAsync_NeedsCommand(launch).ConfigureAwait(false))
            {
                replica.Start(launch);
            }
        }
        finally
        {
            _command.Release();
        }
    }

    /// <summary>Takes a new launch over. With overlap the new processes start beside the old ones, take their places together when all could serve,
    /// and nothing is touched when one never could. Without it one replica after another is restarted, so that the others serve meanwhile.</summary>
    public async Task<Replacement> ReplaceAsync(Launch launch, CancellationToken cancel)
    {
        await _command.WaitAsync(cancel).ConfigureAwait(false);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _giveUp = giveUp;
        try
        {
            var replicas = await ScaleAsync_NeedsCommand(launch).ConfigureAwait(false);
            var done = launch.Overlap
                ? await ReplaceAsync_Beside(replicas, launch, giveUp.Token).ConfigureAwait(false)
                : await ReplaceAsync_OneByOne(replicas, launch, giveUp.Token).ConfigureAwait(false);
            Launch = done.Problem is null ? launch : Launch;
            return done;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new Replacement("something newer came", true, GivenUp: true);
        }
        finally
        {
            Interlocked.Exchange(ref _giveUp, null);
            _command.Release();
        }
    }

    /// <summary>Breaks off a replacement that still waits for its new processes, because something newer is to come; the old ones serve on.</summary>
    public void GiveUpReplacing()
    {
        try
        {
            Volatile.Read(ref _giveUp)?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It was over just now.
        }
    }

    /// <summary>Takes all replicas out of the sight of callers, lets them finish and ends them.</summary>
    /// <param name="leave">How long to wait for requests under way before a process is asked to end.</param>
    /// <param name="kill">After it they are killed.</param>
    public async Task StopAsync(TimeSpan leave, CancellationToken kill)
    {
        GiveUpReplacing();

        // Whatever holds the command at present ends sooner by it, too.
        await using var registration = kill.Register(_kill.Cancel).ConfigureAwait(false);
        await _command.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await Task.WhenAll(_replicas.Select(r => r.StopAsync(leave, _kill.Token))).ConfigureAwait(false);
        }
        finally
        {
            _command.Release();
        }
    }

    /// <summary>SIGKILL to one replica; false when there is none of that number with a process.</summary>
    public bool Kill(int number)
    {
        var replica = _replicas.FirstOrDefault(r => r.Plan.Number == number);
        if (replica?.Status.Pid is null)
        {
            return false;
        }

        replica.Kill();
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        GiveUpReplacing();
        await _kill.CancelAsync().ConfigureAwait(false);
        await _command.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        foreach (var replica in _replicas)
        {
            await replica.DisposeAsync().ConfigureAwait(false);
        }

        _command.Dispose();
        _kill.Dispose();
    }

    private async Task<Replacement> ReplaceAsync_Beside(IReadOnlyList<Replica> replicas, Launch launch, CancellationToken cancel)
    {
        var old = Launch;
        var serving = replicas.Where(r => r.Serves).ToArray();
        var replaced = new List<Replica>();
        foreach (var together in serving.Chunk(TogetherMax))
        {
            var (problem, died) = await TryReplaceAsync(together, launch, cancel).ConfigureAwait(false);
            if (died)
            {
                // Once more: nobody would try again until the next change.
                _context.Log(together[0].Status, $"{problem}; it is started once more");
                var (again, _) = await TryReplaceAsync(together, launch, cancel).ConfigureAwait(false);
                problem = again is null ? null : $"{again}; that was the second try";
            }

            if (problem is not null)
            {
                foreach (var back in replaced.Chunk(TogetherMax).Where(_ => old is not null))
                {
                    await TryReplaceAsync(back, old!, cancel).ConfigureAwait(false);
                }

                return new Replacement(problem, true, false);
            }

            replaced.AddRange(together);
        }

        // Nobody is lost with those that did not serve: no need for one after another.
        var problems = await Task.WhenAll(replicas.Except(serving).Select(r => r.RestartAsync(launch, _kill.Token, cancel))).ConfigureAwait(false);
        return problems.FirstOrDefault(p => p is not null) is { } never ? new Replacement(never, false, false) : Replacement.Done;
    }

    /// <summary>Starts a successor beside each of these; they take over all together, or not at all.</summary>
    /// <returns>Null, or why not; and whether that was because one ended by itself.</returns>
    private static async Task<(string? Problem, bool Died)> TryReplaceAsync(IReadOnlyList<Replica> replicas, Launch launch, CancellationToken cancel)
    {
        var beginning = replicas.Select(r => r.BesideAsync(launch, cancel)).ToArray();
        string? problem = null;
        var died = false;
        try
        {
            var begun = await Task.WhenAll(beginning).ConfigureAwait(false);
            await foreach (var ready in Task.WhenEach(begun.Select(s => s.ReadyAsync(cancel))).ConfigureAwait(false))
            {
                if (await ready.ConfigureAwait(false) is { } why)
                {
                    problem = why;
                    died = begun.Any(successor => successor.Died);
                    break; // one that never serves is enough
                }
            }
        }
        catch (OperationCanceledException)
        {
            await AbandonAsync().ConfigureAwait(false);
            throw;
        }

        if (problem is not null)
        {
            await AbandonAsync().ConfigureAwait(false);
            return (problem, died);
        }

        foreach (var successor in beginning)
        {
            (await successor.ConfigureAwait(false)).TakeOver();
        }

        return (null, false);

        async Task AbandonAsync()
        {
            await Task.WhenAll((Task[])beginning).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.WhenAll(beginning.Where(b => b.IsCompletedSuccessfully).Select(b => b.Result.AbandonAsync())).ConfigureAwait(false);
        }
    }

    private async Task<Replacement> ReplaceAsync_OneByOne(IReadOnlyList<Replica> replicas, Launch launch, CancellationToken cancel)
    {
        for (var i = 0; i < replicas.Count; i++)
        {
            if (await replicas[i].RestartAsync(launch, _kill.Token, cancel).ConfigureAwait(false) is { } problem)
            {
                return new Replacement(problem, i + 1 < replicas.Count, false);
            }
        }

        return Replacement.Done;
    }

    private async Task<IReadOnlyList<Replica>> ScaleAsync_NeedsCommand(Launch launch)
    {
        var planned = launch.Service.Replicas;
        var surplus = _replicas.Where(r => !planned.Contains(r.Plan)).ToArray();
        var kept = _replicas.Except(surplus).ToDictionary(r => r.Plan);
        Replica[] replicas = [.. planned.Select(p => kept.TryGetValue(p, out var replica) ? replica : new Replica(_context, Name, p, launch))];

        // Those that go are shown until they have gone, so that callers learn of it.
        _replicas = [.. replicas, .. surplus.Where(s => planned.All(p => p.Number != s.Plan.Number))];
        await Task.WhenAll(surplus.Select(r => r.StopAsync(launch.Drain, _kill.Token))).ConfigureAwait(false);
        _replicas = replicas;
        foreach (var replica in surplus)
        {
            await replica.DisposeAsync().ConfigureAwait(false);
        }

        return replicas;
    }
}
