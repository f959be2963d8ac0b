namespace Conway.Node;

/// <summary>Notices a service that changes its own sources: each start writes a file, the file restarts it, and so on for ever. Pure; one owner.</summary>
internal sealed class ChangeLoop
{
    private const int ChangesMax = 5;
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(15);

    private readonly Queue<TimeSpan> _recent = new();

    /// <summary>Whether its changes are no longer taken over.</summary>
    public bool Broken { get; private set; }

    /// <summary>A change is about to be taken over.</summary>
    /// <param name="now">On a clock that does not jump.</param>
    /// <returns>True when this is the one too many, which is told once.</returns>
    public bool Changed(TimeSpan now)
    {
        _recent.Enqueue(now);
        if (_recent.Count > ChangesMax)
        {
            _recent.Dequeue();
        }

        if (Broken || _recent.Count < ChangesMax || now - _recent.Peek() > Within)
        {
            return false;
        }

        Broken = true;
        return true;
    }

    /// <summary>Somebody restarted it or changed the model: try again.</summary>
    public void Reset()
    {
        _recent.Clear();
        Broken = false;
    }
}
