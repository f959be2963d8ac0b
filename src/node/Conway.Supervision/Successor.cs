namespace Conway.Supervision;

/// <summary>A process that is to take the place of another and has not yet: it starts beside the one that serves.</summary>
/// <remarks>One owner, who ends it by exactly one of <see cref="TakeOver"/> and <see cref="AbandonAsync"/>.</remarks>
internal sealed class Successor
{
    private readonly Replica _replica;
    private readonly Incarnation? _candidate;
    private readonly string? _problem;

    public Successor(Replica replica, Launch launch, Incarnation? candidate, string? problem)
    {
        _replica = replica;
        Launch = launch;
        _candidate = candidate;
        _problem = problem;
    }

    public Launch Launch { get; }

    /// <summary>Whether it ended by itself before it could serve: what was in its way, a file that was being written or a port that was taken, may be gone.</summary>
    public bool Died { get; private set; }

    /// <summary>Ends when it could serve.</summary>
    /// <returns>Null, or why it never will, in a sentence.</returns>
    public async Task<string?> ReadyAsync(CancellationToken cancel)
    {
        if (_candidate is null)
        {
            return _problem;
        }

        if (await _candidate.FirstHealthy.WaitAsync(cancel).ConfigureAwait(false))
        {
            return null;
        }

        Died = !_candidate.TimedOut;
        _candidate.Kill();
        return await _candidate.NeverServedAsync(Launch.Health).ConfigureAwait(false);
    }

    /// <summary>From now on it is the one; the other finishes what it has and ends in the background. It must be ready.</summary>
    public void TakeOver() => _replica.TakeOver(_candidate!, Launch);

    /// <summary>Ends it; the other never noticed.</summary>
    public async Task AbandonAsync()
    {
        if (_candidate is not null)
        {
            _candidate.Kill();
            await _candidate.Exited.ConfigureAwait(false);
            await _candidate.DisposeAsync().ConfigureAwait(false);
        }

        _replica.NobodyBeside();
    }
}
