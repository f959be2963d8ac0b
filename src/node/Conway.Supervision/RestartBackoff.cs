namespace Conway.Supervision;

/// <summary>How long to wait before a crashed process is started again. Pure; one owner.</summary>
/// <remarks>The first restart follows at once, since most crashes are single. Then 0.5 s, 1 s, 2 s, … up to 30 s:
/// <c>min(30 s, 0.5 s × 2^(n−2))</c> for the n-th crash in a row. A process that lived for a minute starts the row anew.
/// Too short a pause burns the processor on a hopeless start; too long a one delays recovery from a cause that has gone.</remarks>
public sealed class RestartBackoff
{
    /// <summary>Crashes in a row, none of them healthy before, after which a replica counts as failed.</summary>
    public const int FailedAfter = 4;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Forgiven = TimeSpan.FromMinutes(1);

    private int _crashes;
    private int _neverHealthy;

    /// <summary>Whether the last <see cref="FailedAfter"/> processes all ended before they were healthy.</summary>
    public bool GivesUp => _neverHealthy >= FailedAfter;

    /// <summary>A process ended by itself.</summary>
    /// <param name="lived">From its start to its end.</param>
    /// <param name="wasHealthy">Whether it ever answered.</param>
    /// <returns>The pause before the next start.</returns>
    public TimeSpan Crashed(TimeSpan lived, bool wasHealthy)
    {
        if (lived >= Forgiven)
        {
            _crashes = 0;
        }

        _neverHealthy = wasHealthy ? 0 : _neverHealthy + 1;
        _crashes++;
        if (_crashes == 1)
        {
            return TimeSpan.Zero;
        }

        var exponent = Math.Min(_crashes - 2, 10);
        var pause = TimeSpan.FromMilliseconds(500 * (1 << exponent));
        return pause < Longest ? pause : Longest;
    }

    /// <summary>Somebody changed something: forget what was.</summary>
    public void Reset() => (_crashes, _neverHealthy) = (0, 0);
}
