using System.Text.Json;

namespace Conway.CodeFacts.Traces;

/// <summary>Finds spans in a stream of OTLP in JSON: a document a line, as the collector's file exporter writes, or one document over many lines.</summary>
/// <remarks>Holds one span at a time. What is no JSON is passed over up to the end of its line, and told.</remarks>
internal sealed class SpanScanner(Stream stream, Action<SpanText> onSpan, Action<string> onService)
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>No span is larger: its attributes and events would be a file of their own.</summary>
    private const int SpanBytesMax = 16 << 20;

    /// <summary>After as many lines that are none, and no document, the file is something else.</summary>
    private const int BrokenMax = 1000;

    private static readonly JsonReaderOptions Options = new() { AllowMultipleValues = true, MaxDepth = 256 };

    private readonly SpanText _span = new();
    private readonly Stack<Level> _levels = new();
    private byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;
    private bool _isEnd;
    private Form _form;
    private JsonReaderState _state = new(Options);
    private Level _next;
    private long _line = 1;

    /// <summary>How a file is laid out.</summary>
    private enum Form
    {
        Unknown,
        Lines,
        Whole,
    }

    private enum Level
    {
        Values,
        Document,
        Resources,
        Resource,
        ResourceBody,
        Scopes,
        Scope,
        Spans,
        Other,
    }

    /// <summary>Documents with a list of spans by resource.</summary>
    public long Documents { get; private set; }

    /// <summary>Lines that are no JSON.</summary>
    public long Broken { get; private set; }

    /// <summary>The first of them, from 1.</summary>
    public long FirstBroken { get; private set; }

    /// <summary>The last line of all ends in the middle.</summary>
    public bool IsTorn { get; private set; }

    /// <summary>What the file seems to hold instead of spans; null when nothing is known.</summary>
    public string? Instead { get; private set; }

    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="IOException">The stream refused.</exception>
    /// <exception cref="InvalidDataException">The stream is packed and broken.</exception>
    public void Run(CancellationToken cancellation)
    {
        while (_end < 3 && !_isEnd)
        {
            Fill();
        }

        if (_end >= 3 && _buffer.AsSpan(0, 3).SequenceEqual("\uFEFF"u8))
        {
            _start = 3;
        }

        while (_start < _end || !_isEnd)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_start == _end)
            {
                Fill();
                continue;
            }

            var newline = _form == Form.Whole ? -1 : _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            var length = newline < 0 ? _end - _start : newline + 1;
            var isLast = newline < 0 ? _isEnd : _form == Form.Lines;
            if (!TryRead(length, isLast))
            {
                if (!Resume())
                {
                    return;
                }

                continue;
            }

            if (newline >= 0 && _form == Form.Unknown)
            {
                // The first line is a document of its own, or the beginning of one.
                _form = _levels.Count == 0 ? Form.Lines : Form.Whole;
            }

            if (newline < 0 || _form == Form.Whole)
            {
                if (_isEnd)
                {
                    return; // all of it was read, or TryRead would have said that it is broken
                }

                if (!Fill() && !Resume())
                {
                    return;
                }
            }
            else
            {
                Reset();
            }
        }

        if (_levels.Count > 0)
        {
            Tell();
            IsTorn = true;
        }
    }

    /// <summary>Reads as far as it goes. False when it is no JSON.</summary>
    private bool TryRead(int length, bool isLast)
    {
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, length), isLast, _state);
        var isFine = true;
        try
        {
            while (Step(ref reader))
            {
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second for an escape that is half of a character.
            isFine = false;
        }

        _state = reader.CurrentState;
        Pass((int)reader.BytesConsumed);
        return isFine;
    }

    /// <summary>One token, or a whole span. False when more bytes are needed.</summary>
    private bool Step(ref Utf8JsonReader reader)
    {
        var before = reader;
        if (!reader.Read())
        {
            return false;
        }

        var top = _levels.TryPeek(out var level) ? level : Level.Values;
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                Name(ref reader, top);
                break;
            case JsonTokenType.StartObject when top == Level.Spans || (top == Level.Resource && _next == Level.ResourceBody):
                var begin = (int)reader.TokenStartIndex;
                if (!reader.TrySkip())
                {
                    reader = before;
                    return false;
                }

                Whole(_buffer.AsSpan(_start + begin, (int)reader.BytesConsumed - begin), top);
                break;
            case JsonTokenType.StartObject:
                _levels.Push(top switch { Level.Values => Level.Document, Level.Resources => Level.Resource, Level.Scopes => Level.Scope, _ => Level.Other });
                _next = Level.Other;
                break;
            case JsonTokenType.StartArray:
                _levels.Push(top == Level.Values ? Level.Values : top is Level.Document or Level.Resource or Level.Scope && _next != Level.ResourceBody ? _next : Level.Other);
                Documents += _levels.Peek() == Level.Resources ? 1 : 0;
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                _levels.TryPop(out _);
                break;
        }

        return true;
    }

    private void Whole(ReadOnlySpan<byte> json, Level top)
    {
        if (top == Level.Spans)
        {
            SpanJson.Read(json, _span);
            onSpan(_span);
        }
        else if (SpanJson.ServiceName(json) is { } service)
        {
            onService(service);
        }
    }

    private void Name(ref Utf8JsonReader reader, Level top)
    {
        _next = top switch
        {
            Level.Document when reader.ValueTextEquals("resourceSpans"u8) => Level.Resources,
            Level.Resource when reader.ValueTextEquals("resource"u8) => Level.ResourceBody,
            Level.Resource when reader.ValueTextEquals("scopeSpans"u8) || reader.ValueTextEquals("instrumentationLibrarySpans"u8) => Level.Scopes,
            Level.Scope when reader.ValueTextEquals("spans"u8) => Level.Spans,
            _ => Level.Other,
        };
        if (top == Level.Document && Instead is null)
        {
            Instead = reader.ValueTextEquals("resourceLogs"u8) ? "logs of OpenTelemetry"
                : reader.ValueTextEquals("resourceMetrics"u8) ? "metrics of OpenTelemetry"
                : reader.ValueTextEquals("data"u8) ? "traces in Jaeger's form"
                : reader.ValueTextEquals("localEndpoint"u8) ? "traces in Zipkin's form"
                : null;
        }
    }

    /// <summary>Begins anew behind the line that is broken. False at the end, or when the file is something else.</summary>
    private bool Resume()
    {
        Tell();
        while (true)
        {
            var newline = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                Pass(newline + 1);
                break;
            }

            Pass(_end - _start);
            if (_isEnd || !Fill())
            {
                IsTorn = true;
                return false;
            }
        }

        _form = Form.Lines;
        Reset();
        return Documents > 0 || Broken < BrokenMax;
    }

    private void Tell()
    {
        FirstBroken = Broken++ == 0 ? _line : FirstBroken;
    }

    private void Reset()
    {
        _state = new JsonReaderState(Options);
        _levels.Clear();
        _next = Level.Other;
    }

    private void Pass(int bytes)
    {
        _line += _buffer.AsSpan(_start, bytes).Count((byte)'\n');
        _start += bytes;
    }

    /// <summary>More bytes behind those that are there. False when there is no room for them.</summary>
    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= SpanBytesMax)
            {
                return false;
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _isEnd = read == 0;
        return true;
    }
}
