namespace Conway.Node;

/// <summary>Notices a service that changes its own sources: each start writes a file, the file restarts it, and so on for ever. Pure; one owner.</summary>
/// <remarks>A person may save as often as a service writes. But a person does not wait for the new process each time, so what counts is many changes
/// in a row of which each came while the process for the one before started, or as soon as it served.</remarks>
internal sealed class ChangeLoop
{
    private const int InARowMax = 12;
    private static readonly TimeSpan SoonAfter = TimeSpan.FromMilliseconds(500);

    private TimeSpan _began = TimeSpan.MaxValue;
    private TimeSpan _served = TimeSpan.MaxValue;
    private int _inARow;

    /// <summary>Whether its changes are no longer taken over.</summary>
    public bool Broken { get; private set; }

    /// <summary>A change is about to be taken over.</summary>
    /// <param name="at">When it was saved, on a clock that does not jump; so are all times here.</param>
    /// <returns>True when this is the one too many, which is told once.</returns>
    public bool Changed(TimeSpan at)
    {
        var itself = at >= _began && (_served == TimeSpan.MaxValue || at <= _served + SoonAfter);
        _inARow = itself ? _inARow + 1 : 0;
        if (Broken || _inARow < InARowMax)
        {
            return false;
        }

        Broken = true;
        return true;
    }

    /// <summary>A new process is about to start.</summary>
    public void Begins(TimeSpan now) => (_began, _served) = (now, TimeSpan.MaxValue);

    /// <summary>The new process serves, or never will.</summary>
    public void Ended(TimeSpan now) => _served = now;

    /// <summary>Somebody restarted it or changed the model: try again.</summary>
    public void Reset()
    {
        _inARow = 0;
        Broken = false;
    }
}
