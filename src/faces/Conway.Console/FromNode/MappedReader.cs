using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Conway.Console.FromNode;

/// <summary>A queue of one thing read as another; what maps to null is passed over.</summary>
/// <remarks>Waiting may end although all that came is passed over: a reader tries and waits again, as with every channel.</remarks>
internal sealed class MappedReader<TFrom, TTo>(ChannelReader<TFrom> from, Func<TFrom, TTo?> map) : ChannelReader<TTo>
    where TTo : class
{
    public override bool TryRead([MaybeNullWhen(false)] out TTo item)
    {
        while (from.TryRead(out var one))
        {
            if (map(one) is { } mapped)
            {
                item = mapped;
                return true;
            }
        }

        item = null;
        return false;
    }

    public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) => from.WaitToReadAsync(cancellationToken);
}
