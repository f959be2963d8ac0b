namespace Conway.Supervision;

/// <summary>Turns single health answers into a verdict. Pure; one owner.</summary>
/// <param name="failures">Failed answers in a row that make a healthy replica unhealthy.</param>
public sealed class HealthStreak(int failures)
{
    private int _failed;

    /// <summary>Whether the replica has ever answered well.</summary>
    public bool EverHealthy { get; private set; }

    /// <summary>The verdict now. During the start one good answer is enough; later one good answer also heals.</summary>
    public bool Healthy { get; private set; }

    /// <summary>Takes one answer; true when the verdict changed.</summary>
    public bool Take(bool good)
    {
        var before = Healthy;
        if (good)
        {
            _failed = 0;
            Healthy = true;
            EverHealthy = true;
        }
        else if (++_failed >= failures)
        {
            Healthy = false;
        }

        return before != Healthy;
    }
}
