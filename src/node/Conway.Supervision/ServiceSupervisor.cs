namespace Conway.Supervision;

/// <summary>The replicas of one service. Commands are taken one after another; status may be read at any time.</summary>
public sealed class ServiceSupervisor : IAsyncDisposable
{
    private readonly SupervisionContext _context;
    private readonly SemaphoreSlim _command = new(1, 1);
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
            await ScaleAsync_NeedsCommand(launch, cancel).ConfigureAwait(false);
            foreach (var replica in _replicas)
            {
                await replica.StartAsync(launch, cancel).ConfigureAwait(false);
            }
        }
        finally
        {
            _command.Release();
        }
    }

    /// <summary>Takes a new launch over, one replica after another, so that the others serve meanwhile.</summary>
    /// <returns>Null, or why the old processes were kept, in a sentence. Nothing is half done: the first failure ends the change,
    /// and replicas that were replaced already go back.</returns>
    public async Task<string?> ReplaceAsync(Launch launch, CancellationToken cancel)
    {
        await _command.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var old = Launch;
            await ScaleAsync_NeedsCommand(launch, cancel).ConfigureAwait(false);
            var done = new List<Replica>();
            foreach (var replica in _replicas)
            {
                if (await replica.ReplaceAsync(launch, cancel).ConfigureAwait(false) is { } problem)
                {
                    foreach (var back in done.Where(_ => old is not null))
                    {
                        await back.ReplaceAsync(old!, cancel).ConfigureAwait(false);
                    }

                    return problem;
                }

                done.Add(replica);
            }

            Launch = launch;
            return null;
        }
        finally
        {
            _command.Release();
        }
    }

    /// <summary>Lets all replicas finish and ends them; after <paramref name="kill"/> they are killed.</summary>
    public async Task StopAsync(CancellationToken kill)
    {
        await _command.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await Task.WhenAll(_replicas.Select(r => r.StopAsync(kill))).ConfigureAwait(false);
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
        foreach (var replica in _replicas)
        {
            await replica.DisposeAsync().ConfigureAwait(false);
        }

        _command.Dispose();
    }

    private async Task ScaleAsync_NeedsCommand(Launch launch, CancellationToken cancel)
    {
        var planned = launch.Service.Replicas;
        var surplus = _replicas.Where(r => !planned.Contains(r.Plan)).ToArray();
        var kept = _replicas.Except(surplus).ToDictionary(r => r.Plan);
        _replicas = [.. planned.Select(p => kept.TryGetValue(p, out var replica) ? replica : new Replica(_context, Name, p, launch))];
        await Task.WhenAll(surplus.Select(r => r.StopAsync(cancel))).ConfigureAwait(false);
        foreach (var replica in surplus)
        {
            await replica.DisposeAsync().ConfigureAwait(false);
        }
    }
}
