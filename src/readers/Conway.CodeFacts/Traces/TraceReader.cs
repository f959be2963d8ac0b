using System.IO.Compression;
using Conway.Findings;

namespace Conway.CodeFacts.Traces;

/// <summary>Reads traces of a running codebase: OTLP in JSON, a document a line or one for all, packed with gzip or not.</summary>
/// <remarks>Reads the stream once, and keeps a bounded number of spans, however many there are. The same bytes give the same value.</remarks>
public static class TraceReader
{
    /// <param name="code">What the traces are of.</param>
    /// <param name="stream">The file; it is left open.</param>
    /// <param name="file">How messages name it.</param>
    /// <param name="cancellation">Ends it between two pieces.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="IOException">The stream refused.</exception>
    public static SeenTraffic Read(Codebase code, Stream stream, string file, CancellationToken cancellation)
    {
        var book = new TraceBook(code, new SpanMatcher(code));
        var services = new SortedSet<string>(StringComparer.Ordinal);
        using var plain = Unpacked(stream, out var packing);
        if (packing is not null)
        {
            return new SeenTraffic { File = file, Problem = $"'{file}' is packed with {packing}. Unpack it first; only gzip is read as it is." };
        }

        var scanner = new SpanScanner(plain, book.Add, service =>
        {
            if (services.Count < SeenTraffic.ServicesMax)
            {
                services.Add(service);
            }
        });
        var isCut = false;
        try
        {
            scanner.Run(cancellation);
        }
        catch (InvalidDataException)
        {
            isCut = true; // packed, and ends in the middle
        }

        book.End();
        return new SeenTraffic
        {
            File = file,
            Problem = book.Spans > 0 ? null : Problem(file, scanner),
            Spans = book.Spans,
            Requests = book.Requests,
            Matched = book.Matched,
            Below = book.Below,
            BelowUnmatched = book.BelowUnmatched,
            Orphans = book.Orphans,
            Services = [.. services],
            UseCases = book.UseCases,
            Unmatched = book.Unmatched,
            Findings = [.. Findings(file, book, scanner, isCut)],
        };
    }

    private static string Problem(string file, SpanScanner scanner) =>
        scanner.Documents > 0 ? $"'{file}' holds no spans. Let the system answer some requests while it exports, and try again."
        : scanner.Instead is { } other ? $"'{file}' holds {other}, and not traces in OTLP's JSON. Export them with the file exporter of the OpenTelemetry Collector."
        : $"'{file}' holds no traces in OTLP's JSON: nothing in it is a document with 'resourceSpans'. The file exporter of the OpenTelemetry Collector writes such files.";

    private static IEnumerable<Finding> Findings(string file, TraceBook book, SpanScanner scanner, bool isCut)
    {
        if (book.Spans == 0)
        {
            yield break;
        }

        if (isCut || scanner.Broken > 0)
        {
            var lines = scanner.Broken == 1 ? "One line is" : $"{scanner.Broken} lines are";
            yield return new Finding
            {
                Rule = CodeFindings.TracesInPart,
                Message = isCut ? $"'{file}' is packed and ends in the middle; what stands before was read."
                    : scanner is { IsTorn: true, Broken: 1 } ? $"The last line of '{file}' ends in the middle; what stands before was read."
                    : $"{lines} no JSON and left out{(scanner.IsTorn ? "; the last one ends in the middle" : "")}.",
                Mend = "Nothing, if the exporter was still writing or was killed. Otherwise export anew.",
                Place = new SourceSpan(file, isCut ? 1 : (int)Math.Min(scanner.FirstBroken, int.MaxValue), 1, 1),
            };
        }

        if (book.Matched == 0)
        {
            var name = book.Unmatched is [var most, ..] ? $" The most frequent is '{most.Name}'." : "";
            yield return new Finding
            {
                Rule = CodeFindings.TracesOfOthers,
                Message = book.Requests == 0 ? $"None of the {book.Spans} spans in '{file}' is a request." : $"None of the {book.Requests} requests in '{file}' is of a use case of this code.{name}",
                Mend = "Name the file that this system's own exporter wrote, with spans of its server and consumers.",
                Place = new SourceSpan(file, 1, 1, 1),
            };
        }
    }

    /// <summary>By the first bytes: the name says nothing of a pipe.</summary>
    private static Stream Unpacked(Stream stream, out string? other)
    {
        var head = new byte[4];
        var count = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var whole = new HeadStream(head.AsMemory(0, count), stream);
        other = head is [0x28, 0xB5, 0x2F, 0xFD] ? "zstd" : head is [(byte)'P', (byte)'K', 3, 4] ? "zip" : null;
        return head is [0x1F, 0x8B, ..] ? new GZipStream(whole, CompressionMode.Decompress, leaveOpen: true) : whole;
    }

    /// <summary>A stream whose first bytes were read already.</summary>
    private sealed class HeadStream(ReadOnlyMemory<byte> head, Stream rest) : Stream
    {
        private int _passed;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (_passed == head.Length)
            {
                return rest.Read(buffer);
            }

            var part = head.Span[_passed..];
            part = part[..Math.Min(part.Length, buffer.Length)];
            part.CopyTo(buffer);
            _passed += part.Length;
            return part.Length;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
