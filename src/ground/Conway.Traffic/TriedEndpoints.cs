using System.Runtime.CompilerServices;

namespace Conway.Traffic;

/// <summary>The endpoints a request was already sent to, so that another try prefers another one.</summary>
/// <remarks>A value without allocations; remembers the last <see cref="Capacity"/>.</remarks>
public struct TriedEndpoints
{
    /// <summary>How many are remembered.</summary>
    public const int Capacity = 4;

    private Slots _slots;
    private int _count;

    /// <summary>How many were added.</summary>
    public readonly int Count => _count;

    /// <summary>Remembers one.</summary>
    public void Add(EndpointState endpoint) => _slots[_count++ % Capacity] = endpoint;

    /// <summary>Whether it is remembered.</summary>
    public readonly bool Contains(EndpointState endpoint)
    {
        for (var i = 0; i < Math.Min(_count, Capacity); i++)
        {
            if (ReferenceEquals(_slots[i], endpoint))
            {
                return true;
            }
        }

        return false;
    }

    [InlineArray(Capacity)]
    private struct Slots
    {
        private EndpointState? _first;
    }
}
