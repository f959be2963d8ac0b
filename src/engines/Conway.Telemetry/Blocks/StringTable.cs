namespace Conway.Telemetry.Blocks;

/// <summary>The distinct texts of one block, each stored once; a record names them by number.</summary>
/// <remarks>Number 0 is the empty text. Not safe for concurrent use: one builder owns it.</remarks>
internal sealed class StringTable
{
    private readonly ByteBuffer _texts = new(1024);
    private (int Start, int Length, uint Hash)[] _entries = new (int, int, uint)[64];
    private int[] _slots = new int[128];

    public StringTable() => Clear();

    /// <summary>Texts held, the empty one included.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of all texts.</summary>
    public int Bytes => _texts.Length;

    public ReadOnlySpan<byte> this[int number] => _texts.Span.Slice(_entries[number].Start, _entries[number].Length);

    /// <summary>The number of a text, given when it is new.</summary>
    public int Intern(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return 0;
        }

        var hash = Hash(text);
        var mask = _slots.Length - 1;
        var slot = (int)hash & mask;
        for (; _slots[slot] is not 0 and var number; slot = (slot + 1) & mask)
        {
            ref var entry = ref _entries[number];
            if (entry.Hash == hash && entry.Length == text.Length && _texts.Span.Slice(entry.Start, entry.Length).SequenceEqual(text))
            {
                return number;
            }
        }

        return Add(text, hash, slot);
    }

    public void Clear()
    {
        _texts.Clear();
        if (_slots.Length > 32 * 1024)
        {
            // One odd block must not leave a large table behind for ever.
            _slots = new int[128];
            _entries = new (int, int, uint)[64];
        }
        else
        {
            Array.Clear(_slots);
        }

        Count = 1;
        _entries[0] = default;
    }

    /// <summary>Writes all texts, each with its length, in the order of their numbers.</summary>
    public void WriteTo(ByteBuffer output)
    {
        for (var number = 0; number < Count; number++)
        {
            output.LengthAndBytes(this[number]);
        }
    }

    private int Add(ReadOnlySpan<byte> text, uint hash, int slot)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Count * 2);
        }

        var number = Count++;
        _entries[number] = (_texts.Length, text.Length, hash);
        _texts.Raw(text);
        _slots[slot] = number;
        if (Count * 2 > _slots.Length)
        {
            Rehash();
        }

        return number;
    }

    private void Rehash()
    {
        var slots = new int[_slots.Length * 2];
        for (var number = 1; number < Count; number++)
        {
            var slot = (int)_entries[number].Hash & (slots.Length - 1);
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & (slots.Length - 1);
            }

            slots[slot] = number;
        }

        _slots = slots;
    }

    private static uint Hash(ReadOnlySpan<byte> text) => (uint)TextHash.Of(text);
}
