using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Conway.Telemetry.Blocks;
using Conway.Telemetry.Otlp;
using Conway.Telemetry.Storing;

namespace Conway.Telemetry.Querying;

/// <summary>Decides for each record of a block whether a search wants it. Reads the fixed fields first and the attributes only when it must.</summary>
/// <remarks>Prepared once a block: texts of the block are compared once, not once a record. Not safe for concurrent use.</remarks>
internal sealed class RecordFilter
{
    private readonly Signal _signal;
    private readonly List<QueryTerm> _fixed = [];
    private readonly List<TextTerm> _texts = [];
    private readonly List<AttributeTerm> _attributes = [];
    private readonly List<QueryTerm> _services = [];
    private OpenBlock? _block;
    private RecordTexts? _made;

    public RecordFilter(TelemetryQuery query, Signal signal, ulong now)
    {
        _signal = signal;
        foreach (var term in query.Terms)
        {
            switch (term.Field)
            {
                case QueryField.Service:
                    _services.Add(term);
                    break;
                case QueryField.Text:
                    _texts.Add(new(term, Encoding.UTF8.GetBytes(term.Text)));
                    break;
                case QueryField.Attribute:
                    _attributes.Add(new(term, Encoding.UTF8.GetBytes(term.Key)));
                    break;
                case QueryField.Since when !term.IsNegated:
                    From = Math.Max(From, TimeOf(term, now));
                    break;
                case QueryField.Until when !term.IsNegated:
                    Until = Math.Min(Until, TimeOf(term, now));
                    break;
                case QueryField.Since or QueryField.Until:
                    // -since: is until:, and the other way round.
                    (From, Until) = term.Field == QueryField.Since ? (From, Math.Min(Until, TimeOf(term, now))) : (Math.Max(From, TimeOf(term, now)), Until);
                    break;
                case QueryField.Trace when !term.IsNegated && TraceId.TryParse(term.Text, out var trace):
                    Trace = trace;
                    _fixed.Add(term);
                    break;
                default:
                    _fixed.Add(term);
                    break;
            }
        }
    }

    /// <summary>Records before this are not wanted.</summary>
    public ulong From { get; }

    /// <summary>Records after this are not wanted.</summary>
    public ulong Until { get; } = ulong.MaxValue;

    /// <summary>The one trace that is wanted; unset when any is.</summary>
    public TraceId? Trace { get; }

    /// <summary>Several <c>service:</c> terms: any of them; each <c>-service:</c> excludes.</summary>
    public bool WantsService(string service) =>
        !_services.Any(term => term.IsNegated && term.Text == service)
        && (_services.All(term => term.IsNegated) || _services.Any(term => !term.IsNegated && term.Text == service));

    public void Prepare(OpenBlock block, RecordTexts made)
    {
        (_block, _made) = (block, made);
        foreach (var text in _texts)
        {
            text.Hits = new bool[block.TextCount];
            for (var number = 0; number < block.TextCount; number++)
            {
                text.Hits[number] = Utf8Search.Contains(block.Text(number), text.Words);
            }
        }

        foreach (var attribute in _attributes)
        {
            attribute.KeyNumber = block.Find(attribute.Key);
        }
    }

    /// <summary>The same for a block that still grows, where only one record will be asked for.</summary>
    public void PrepareLive(OpenBlock block, RecordTexts made)
    {
        (_block, _made) = (block, made);
        foreach (var text in _texts)
        {
            text.Hits = null;
        }

        foreach (var attribute in _attributes)
        {
            attribute.KeyNumber = block.Find(attribute.Key);
        }
    }

    public bool Wants(ReadOnlySpan<byte> record)
    {
        var time = RecordHeader.Time(record);
        if (time < From || time > Until)
        {
            return false;
        }

        foreach (var term in _fixed)
        {
            if (HoldsFixed(term, record) == term.IsNegated)
            {
                return false;
            }
        }

        return _texts.Count + _attributes.Count == 0 || WantsTexts(record);
    }

    private static ulong TimeOf(QueryTerm term, ulong now) => term.Moment is { } moment ? UnixNano.Of(moment) : UnixNano.Minus(now, UnixNano.Of(term.Ago ?? default));

    private static bool Compare(QueryComparison comparison, double left, double right) => comparison switch
    {
        QueryComparison.Greater => left > right,
        QueryComparison.GreaterOrEqual => left >= right,
        QueryComparison.Less => left < right,
        QueryComparison.LessOrEqual => left <= right,
        _ => left == right,
    };

    private bool HoldsFixed(QueryTerm term, ReadOnlySpan<byte> record)
    {
        var isSpan = _signal == Signal.Traces;
        switch (term.Field)
        {
            case QueryField.Trace:
                return TraceId.TryParse(term.Text, out var trace) && RecordHeader.Trace(record) == trace;
            case QueryField.Span:
                return SpanId.TryParse(term.Text, out var span) && RecordHeader.Span(record) == span;
            case QueryField.Level:
                return !isSpan && (record[RecordHeader.Bytes] is > 0 and var level ? level : (int)LogSeverity.Information) >= term.Number;
            case QueryField.Duration:
                return isSpan && Compare(term.Comparison, BinaryPrimitives.ReadUInt64LittleEndian(record[(RecordHeader.Bytes + 8)..]), term.Number);
            case QueryField.Kind:
                return isSpan && record[RecordHeader.Bytes + 16] == term.Number;
            case QueryField.Status:
                return isSpan && record[RecordHeader.Bytes + 17] == term.Number;
            default:
                var head = Head.Of(record, _signal);
                return term.Field == QueryField.Instance
                    ? _made!.Resource(head.Resource).Instance == term.Text
                    : _block!.String(head.Name) == term.Text;
        }
    }

    private bool WantsTexts(ReadOnlySpan<byte> record)
    {
        var head = Head.Of(record, _signal);
        var reader = new RecordReader(record) { At = head.At };
        foreach (var text in _texts)
        {
            text.Holds = Hits(text, head.Name);
        }

        foreach (var attribute in _attributes)
        {
            attribute.Holds = false;
            attribute.Found = false;
        }

        // The status message of a span, or the body of a log.
        LookAtValue(ref reader);
        reader.Varint();
        while (reader.Number() is not 0 and var key)
        {
            var start = reader.At;
            foreach (var attribute in _attributes)
            {
                if (attribute.KeyNumber == key - 1)
                {
                    reader.At = start;
                    attribute.Found = true;
                    attribute.Holds = Holds(attribute, ValueReader.Value(ref reader, _block!));
                }
            }

            reader.At = start;
            LookAtValue(ref reader);
        }

        foreach (var attribute in _attributes)
        {
            // What the record does not say, its resource may.
            if (!attribute.Found && _made!.Resource(head.Resource).Attributes.FirstOrDefault(a => a.Key == attribute.Term.Key) is { } shared)
            {
                attribute.Holds = Holds(attribute, shared.Value);
            }
        }

        return _texts.TrueForAll(static text => text.Holds != text.Term.IsNegated) && _attributes.TrueForAll(static attribute => attribute.Holds != attribute.Term.IsNegated);
    }

    private void LookAtValue(ref RecordReader reader)
    {
        var start = reader.At;
        switch ((ValueKind)reader.Byte())
        {
            case ValueKind.TextNumber:
                var number = reader.Number();
                foreach (var text in _texts)
                {
                    text.Holds = text.Holds || Hits(text, number);
                }

                break;
            case ValueKind.Text:
                var bytes = reader.Bytes();
                foreach (var text in _texts)
                {
                    text.Holds = text.Holds || Utf8Search.Contains(bytes, text.Words);
                }

                break;
            case ValueKind.List or ValueKind.Map when _texts.Count > 0:
                reader.At = start;
                var whole = Encoding.UTF8.GetBytes(TelemetryAttribute.TextOf(ValueReader.Value(ref reader, _block!)));
                foreach (var text in _texts)
                {
                    text.Holds = text.Holds || Utf8Search.Contains(whole, text.Words);
                }

                break;
            default:
                reader.At = start;
                ValueReader.SkipValue(ref reader);
                break;
        }
    }

    private bool Hits(TextTerm text, int number) => text.Hits is { } hits ? hits[number] : Utf8Search.Contains(_block!.Text(number), text.Words);

    private static bool Holds(AttributeTerm attribute, object? value)
    {
        var term = attribute.Term;
        switch (term.Comparison)
        {
            case QueryComparison.Exists:
                return true;
            case QueryComparison.Is:
                return TelemetryAttribute.TextOf(value) == term.Text;
            default:
                double? number = value switch
                {
                    long whole => whole,
                    double real => real,
                    string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) => parsed,
                    _ => null,
                };
                return number is { } known && Compare(term.Comparison, known, term.Number);
        }
    }

    private sealed class TextTerm(QueryTerm term, byte[] words)
    {
        public readonly QueryTerm Term = term;
        public readonly byte[] Words = words;
        public bool[]? Hits;
        public bool Holds;
    }

    private sealed class AttributeTerm(QueryTerm term, byte[] key)
    {
        public readonly QueryTerm Term = term;
        public readonly byte[] Key = key;
        public int KeyNumber;
        public bool Found;
        public bool Holds;
    }

    /// <summary>The numbers before a record's first value, and where that begins.</summary>
    private readonly record struct Head(int Resource, int Name, int At)
    {
        public static Head Of(ReadOnlySpan<byte> record, Signal signal)
        {
            var reader = new RecordReader(record) { At = signal == Signal.Traces ? SpanDecoder.FixedBytes : LogDecoder.FixedBytes };
            var resource = reader.Number();
            reader.Varint();
            if (signal == Signal.Traces)
            {
                var name = reader.Number();
                reader.Varint();
                return new(resource, name, reader.At);
            }

            reader.Varint();
            var eventName = reader.Number();
            return new(resource, eventName, reader.At);
        }
    }
}
