using System.Threading.Channels;
using Conway.Console.Api;

namespace Conway.Console;

/// <summary>Things as they come, through a bounded queue. Dispose of it to stop.</summary>
/// <param name="items">Completes when there will be no more.</param>
/// <param name="dropped">How many were lost so far because this reader was slow.</param>
/// <param name="end">Called once, when it is disposed of.</param>
public sealed class LiveFeed<T>(ChannelReader<T> items, Func<long> dropped, Action end) : IDisposable
{
    private Action? _end = end;

    public ChannelReader<T> Items { get; } = items;

    public long Dropped => dropped();

    public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
}

/// <summary>Something that changed.</summary>
public abstract record LiveEvent
{
    private LiveEvent()
    {
    }

    public sealed record System(SystemInfo Now) : LiveEvent;

    public sealed record Service(ServiceInfo Now) : LiveEvent;

    public sealed record Findings(FindingCounts Now) : LiveEvent;

    public sealed record Model(ModelChange Change) : LiveEvent;

    public sealed record Traffic(bool Paused) : LiveEvent;
}
