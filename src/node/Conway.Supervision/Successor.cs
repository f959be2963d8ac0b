using Conway.Model;

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

        _candidate.Kill();
        var code = await _candidate.Exited.ConfigureAwait(false);
        return _candidate.TimedOut
            ? $"the new process gave no healthy answer within {UnitText.Format(Launch.Health.Startup)}"
            : $"the new process exited with code {code} before it was healthy";
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
