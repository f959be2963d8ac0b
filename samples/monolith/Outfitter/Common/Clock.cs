namespace Outfitter.Common;

public sealed class Clock(TimeProvider time)
{
    /// <summary>Coordinated universal time.</summary>
    public DateTime Now => time.GetUtcNow().UtcDateTime;
}
