using Conway.Traffic;

namespace Conway.Mesh;

/// <summary>What is set once when the mesh starts.</summary>
public sealed record MeshOptions
{
    /// <summary>How long a closed listener's requests may take to end. Default 10 s.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where events go; called on a request's or timer's thread and must return at once. Unset: nowhere.</summary>
    public Action<TrafficEvent>? OnEvent { get; init; }

    /// <summary>Seed of every draw (balancing, jitter). Default 0.</summary>
    public ulong Seed { get; init; }
}
