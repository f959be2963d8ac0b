namespace Conway.Supervision;

/// <summary>A process that somebody else took the place of, on its way out.</summary>
internal sealed class Departure
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _hurry;
    private readonly CancellationTokenSource _kill = new();
    private readonly Task _gone;
    private readonly int _port;

    /// <param name="clock">Time.</param>
    /// <param name="go">Lets it go; the first token says that its port is needed, the second that it is to be killed. Must not throw.</param>
    public Departure(int port, TimeProvider clock, Func<CancellationToken, CancellationToken, Task> go)
    {
        _hurry = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        _port = port;
        _gone = go(_hurry.Token, _kill.Token);
    }

    /// <summary>Nobody is leaving.</summary>
    public static Departure Nobody { get; } = new(0, TimeProvider.System, (_, _) => Task.CompletedTask);

    /// <summary>Whether it may still listen on this port.</summary>
    public bool Holds(int port) => !_gone.IsCompleted && _port == port;

    /// <summary>Ends when it has gone; after a while it no longer waits for requests under way, which still have its drain.</summary>
    public async Task HurryAsync(CancellationToken cancel)
    {
        if (!_gone.IsCompleted)
        {
            _hurry.CancelAfter(Grace);
            await _gone.WaitAsync(cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Ends when it has gone; it may take its time until <paramref name="kill"/>.</summary>
    public async Task GoneAsync(CancellationToken kill)
    {
        if (!_gone.IsCompleted)
        {
            await using var registration = kill.Register(_kill.Cancel).ConfigureAwait(false);
            await _gone.ConfigureAwait(false);
        }
    }
}
