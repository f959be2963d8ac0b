using Conway.Telemetry.Blocks;

namespace Conway.Telemetry.Storing;

/// <summary>Where searches find blocks: the running store, or an earlier run's files.</summary>
internal interface IBlockSource
{
    /// <summary>All sealed blocks of a signal, now.</summary>
    Block[] Snapshot(Signal signal);

    /// <summary>Copies of the blocks still being gathered; the caller disposes of their bytes.</summary>
    List<RawBlock> CopyOpen(Signal signal, Func<string, bool> services);
}
