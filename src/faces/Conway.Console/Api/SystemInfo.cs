using System.Text.Json.Serialization;

namespace Conway.Console.Api;

/// <summary>Where the whole system stands.</summary>
[JsonConverter(typeof(Wording<SystemCondition>))]
public enum SystemCondition
{
    /// <summary>Not every service has been healthy yet.</summary>
    Starting,

    /// <summary>Every wanted service is healthy.</summary>
    Running,

    /// <summary>A service is unhealthy or failed.</summary>
    Degraded,

    /// <summary>Everything is being drained.</summary>
    Stopping,
}

/// <summary>How many findings of each weight.</summary>
public sealed record FindingCounts(int Error, int Warning, int Info);

/// <summary>The system as a whole.</summary>
public sealed record SystemInfo
{
    public required string Name { get; init; }

    public required string Run { get; init; }

    public required SystemCondition State { get; init; }

    /// <summary>The environment whose overlay is merged; null: none.</summary>
    public required string? Environment { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required string ModelFile { get; init; }

    public required string Folder { get; init; }

    public required string Version { get; init; }

    public required string? GatewayUrl { get; init; }

    public required string ConsoleUrl { get; init; }

    public required string? RegistryUrl { get; init; }

    public required string? OtlpUrl { get; init; }

    public required int Services { get; init; }

    public required int Healthy { get; init; }

    public required FindingCounts Findings { get; init; }
}

/// <summary>A way in for one more browser.</summary>
/// <param name="Code">Works once, for one minute.</param>
/// <param name="Url">The address that carries it.</param>
public sealed record OneTimeCode(string Code, string Url);
