namespace Conway.Service.Lifetime;

/// <summary>Whether this process takes new work. Thread-safe; goes one way.</summary>
internal sealed class DrainState
{
    private volatile bool _started;
    private volatile bool _draining;

    public bool Started => _started;

    public bool Draining => _draining;

    public void Start() => _started = true;

    public void Drain() => _draining = true;
}
