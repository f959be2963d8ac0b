namespace Conway.Telemetry.Otlp;

/// <summary>One value that was observed, and the trace it was observed in.</summary>
internal readonly record struct MetricExemplar(TraceId Trace, SpanId Span, ulong Time, double Value)
{
    /// <summary>Reads an Exemplar message; without a time of its own it has the point's.</summary>
    public static MetricExemplar Read(ReadOnlySpan<byte> message, ulong pointTime)
    {
        TraceId trace = default;
        SpanId span = default;
        var time = pointTime;
        double value = 0;
        var reader = new WireReader(message);
        while (reader.ReadTag() is not 0 and var tag)
        {
            switch (tag)
            {
                case 2 << 3 | WireReader.Fixed64:
                    time = reader.ReadFixed64();
                    break;
                case 3 << 3 | WireReader.Fixed64:
                    value = reader.ReadDouble();
                    break;
                case 6 << 3 | WireReader.Fixed64:
                    value = (long)reader.ReadFixed64();
                    break;
                case 4 << 3 | WireReader.Bytes:
                    span = SpanId.From(reader.ReadBytes());
                    break;
                case 5 << 3 | WireReader.Bytes:
                    trace = TraceId.From(reader.ReadBytes());
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return new(trace, span, time, value);
    }
}
