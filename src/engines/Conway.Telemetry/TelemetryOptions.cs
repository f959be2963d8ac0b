using Conway.Observations;

namespace Conway.Telemetry;

/// <summary>How a telemetry engine listens and what it may use. Set once by a person or by the node.</summary>
public sealed record TelemetryOptions
{
    /// <summary>Folder of all runs, <c>.conway/telemetry</c>.</summary>
    /// <value>Unset: nothing is written, telemetry is kept in memory up to <see cref="MemoryBytesMax"/>.</value>
    public string? Root { get; init; }

    /// <summary>Name of this run, <c>r-20261121-221530-4f2a</c>; its folder under <see cref="Root"/>.</summary>
    public string Run { get; init; } = "run";

    /// <summary>Loopback port for OTLP; 0 takes a free one, see <see cref="TelemetryEngine.Port"/>.</summary>
    public int Port { get; init; }

    /// <summary>What gateway and listeners count; shown at <c>/metrics</c> beside what services send.</summary>
    /// <value>Unset: the page has no edges.</value>
    public TrafficRecorder? Traffic { get; init; }

    /// <summary>What else is shown there; asked at every scrape, from any thread, and answered at once.</summary>
    /// <value>Unset: nothing else.</value>
    public Func<IReadOnlyList<Measure>>? Measures { get; init; }

    /// <summary>Disk for this run, all services together.</summary>
    /// <value>Bytes; default 512 MiB, at least 1 MiB. Over it the oldest segment of the largest service is removed.</value>
    public long DiskBytesMax { get; init; } = 512L * 1024 * 1024;

    /// <summary>Disk for one service of this run, whatever the others use.</summary>
    /// <value>Bytes; unset: half of <see cref="DiskBytesMax"/>.</value>
    public long? ServiceBytesMax { get; init; }

    /// <summary>A segment is closed at this size; the unit of eviction.</summary>
    /// <value>Bytes; unset: 1/64 of <see cref="DiskBytesMax"/>, between 64 KiB and 4 MiB.</value>
    public long? SegmentBytesMax { get; init; }

    /// <summary>Compressed telemetry kept in memory while there is no disk.</summary>
    /// <value>Bytes; default 64 MiB; shared like the disk.</value>
    public long MemoryBytesMax { get; init; } = 64L * 1024 * 1024;

    /// <summary>Raw blocks waiting to be written; beyond it senders are asked to wait.</summary>
    /// <value>Bytes; default 64 MiB.</value>
    public long PendingBytesMax { get; init; } = 64L * 1024 * 1024;

    /// <summary>The share of one service in what waits, so that a chatty one does not keep the writer from the others.</summary>
    /// <value>Blocks of 256 KiB; default 16.</value>
    public int PendingBlocksPerServiceMax { get; init; } = 16;

    /// <summary>Largest OTLP request, after decompression.</summary>
    /// <value>Bytes; default 16 MiB; at most 256 MiB. Larger is answered 413 or RESOURCE_EXHAUSTED.</value>
    public int RequestBytesMax { get; init; } = 16 * 1024 * 1024;

    /// <summary>Services told apart; the records of further ones are kept under the name <c>(other)</c>.</summary>
    public int ServicesMax { get; init; } = 1024;

    /// <summary>Telemetry older than this is removed from the running run.</summary>
    /// <value>Default 24 hours.</value>
    public TimeSpan Age { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Earlier runs kept, the newest; older ones are removed at start.</summary>
    /// <value>Default 20.</value>
    public int RunsMax { get; init; } = 20;

    /// <summary>Disk for all earlier runs together; the oldest go first, at start.</summary>
    /// <value>Bytes; default 1 GiB.</value>
    public long EarlierRunsBytesMax { get; init; } = 1024L * 1024 * 1024;

    /// <summary>What is gathered in memory is written out after this time, sooner when a block is full.</summary>
    /// <value>Default 2 s: what a killed node loses at most. Longer when more than 60 blocks are open, up to 30 s, so that blocks stay worth having.</value>
    public TimeSpan FlushAfter { get; init; } = TimeSpan.FromSeconds(2);
}
