using System.Threading.Channels;
using Conway.Telemetry.Blocks;

namespace Conway.Telemetry.Storing;

/// <summary>Gathers records in blocks, hands full blocks to the writer, and shows searches all there is, written or not.</summary>
/// <remarks>Safe for concurrent use. Memory is bounded by the open builders (one block each), <see cref="TelemetryOptions.PendingBytesMax"/> and, without
/// a disk, <see cref="TelemetryOptions.MemoryBytesMax"/>.</remarks>
internal sealed class TelemetryStore : IBlockSource, IAsyncDisposable
{
    private const int WorthFlushingBytes = 16 * 1024;

    private readonly Channel<Order> _orders = Channel.CreateUnbounded<Order>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TelemetryOptions _options;
    private readonly TimeProvider _clock;
    private readonly BlockWriter _writer;
    private readonly CancellationTokenSource _stopped = new();
    private readonly StoreOpening _opening;
    private readonly Task _writing;
    private readonly Task _flushing;
    private long _pendingBytes;

    /// <summary>Opens the run's folder; one that cannot be written leaves the store in memory, see <see cref="Refusal"/>.</summary>
    public TelemetryStore(TelemetryOptions options, SegmentDisk disk, TimeProvider clock, CancellationToken cancelled)
    {
        _options = options;
        _clock = clock;
        Shelves = new ServiceShelves(options.ServicesMax);
        _writer = new BlockWriter(options, Catalog, Shelves, disk, clock);
        _opening = new StoreOpening(options, Catalog, Shelves, disk);
        _opening.Open(_writer, cancelled);
        _writing = Task.Run(WriteAsync);
        _flushing = Task.Run(FlushOldAsync);
    }

    public BlockCatalog Catalog { get; } = new();

    public ServiceShelves Shelves { get; }

    public BlockWriter Writer => _writer;

    /// <summary>Why nothing is written at present; unset when all is well.</summary>
    public Exception? Refusal => _writer.Refusal;

    public long PendingBytes => Interlocked.Read(ref _pendingBytes);

    /// <summary>Whether senders should wait: too much is on its way to the disk already.</summary>
    public bool IsBusy => PendingBytes >= _options.PendingBytesMax;

    /// <summary>Whether this service has its share of what waits.</summary>
    public bool IsBusyFor(BlockBuilder builder) => Volatile.Read(ref builder.Pending) >= _options.PendingBlocksPerServiceMax;

    public long Now => _clock.GetTimestamp();

    public ulong NowUnixNano => UnixNano.Of(_clock.GetUtcNow());

    /// <summary>Hands the builder's block to the writer. The caller holds the builder's lock.</summary>
    public void Seal_NeedsLock(BlockBuilder builder)
    {
        if (builder.Count == 0)
        {
            return;
        }

        var block = new Block(builder.Seal());
        Interlocked.Increment(ref builder.Pending);
        Interlocked.Add(ref _pendingBytes, block.RawBytes);
        Catalog.Add(block);
        if (!_orders.Writer.TryWrite(new Order(block, builder, null)))
        {
            // The store has been stopped: what comes now stays readable until the process ends, and is not written.
            Interlocked.Decrement(ref builder.Pending);
        }
    }

    /// <summary>Everything received so far is in the hands of the disk when this completes.</summary>
    public Task FlushAsync()
    {
        SealAll(static _ => true);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _orders.Writer.TryWrite(new Order(null, null, done)) ? done.Task : Task.CompletedTask;
    }

    public Block[] Snapshot(Signal signal) => Catalog.Snapshot(signal);

    /// <summary>The blocks still being gathered, as they stand now. The caller disposes of their bytes.</summary>
    public List<RawBlock> CopyOpen(Signal signal, Func<string, bool> services)
    {
        var copies = new List<RawBlock>();
        foreach (var shelf in Shelves.All)
        {
            if (!services(shelf.Service))
            {
                continue;
            }

            var builder = shelf.Builder(signal);
            lock (builder)
            {
                if (builder.Count > 0)
                {
                    copies.Add(builder.Copy());
                }
            }
        }

        return copies;
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopped.IsCancellationRequested)
        {
            return;
        }

        await FlushAsync();
        await _stopped.CancelAsync();
        _orders.Writer.TryComplete();
        await _writing;
        await _flushing;
        _stopped.Dispose();
        _opening.Dispose();
    }

    private async Task WriteAsync()
    {
        await foreach (var order in _orders.Reader.ReadAllAsync())
        {
            if (_writer.IsRetryDue)
            {
                TryDiskAgain(order.Block is null);
            }

            if (order.Block is { } block)
            {
                _writer.Write(block);
                Interlocked.Decrement(ref order.Builder!.Pending);
                Interlocked.Add(ref _pendingBytes, -block.RawBytes);
            }

            order.Done?.TrySetResult();
        }

        _writer.Close();
    }

    // A block finds out by itself whether a folder that is open can be written again.
    private void TryDiskAgain(bool isIdle)
    {
        if (_opening.IsPending)
        {
            _opening.Open(_writer, CancellationToken.None);
        }
        else if (isIdle)
        {
            _writer.Probe();
        }
    }

    private async Task FlushOldAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopped.Token))
            {
                if (_writer.IsRetryDue)
                {
                    _orders.Writer.TryWrite(default);
                }

                // Many open blocks would make many tiny ones: then each may wait longer.
                var open = Shelves.All.Sum(shelf => Enum.GetValues<Signal>().Count(signal => shelf.Builder(signal).Count > 0));
                var patience = _options.FlushAfter * Math.Clamp(open / 60.0, 1, 15);
                var now = _clock.GetTimestamp();
                SealAll(builder => builder.RawBytes >= WorthFlushingBytes && _clock.GetElapsedTime(builder.OpenedAt, now) >= _options.FlushAfter / 2
                    || _clock.GetElapsedTime(builder.OpenedAt, now) >= patience);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private void SealAll(Func<BlockBuilder, bool> due)
    {
        foreach (var shelf in Shelves.All)
        {
            foreach (var signal in Enum.GetValues<Signal>())
            {
                var builder = shelf.Builder(signal);
                lock (builder)
                {
                    if (builder.Count > 0 && due(builder))
                    {
                        Seal_NeedsLock(builder);
                    }
                }
            }
        }
    }

    private readonly record struct Order(Block? Block, BlockBuilder? Builder, TaskCompletionSource? Done);
}
