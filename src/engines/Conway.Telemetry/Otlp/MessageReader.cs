namespace Conway.Telemetry.Otlp;

/// <summary>Walks over the nested messages that stand under one field of a message, and passes over everything else.</summary>
internal ref struct MessageReader(ReadOnlySpan<byte> message, int field)
{
    private readonly uint _tag = (uint)field << 3 | WireReader.Bytes;
    private WireReader _reader = new(message);

    public ReadOnlySpan<byte> Current { get; private set; }

    public bool MoveNext()
    {
        while (_reader.ReadTag() is not 0 and var tag)
        {
            if (tag == _tag)
            {
                Current = _reader.ReadBytes();
                return true;
            }

            _reader.Skip(tag);
        }

        return false;
    }

    public readonly MessageReader GetEnumerator() => this;
}
