using System.Globalization;
using Conway.Telemetry.Blocks;

namespace Conway.Telemetry.Storing;

/// <summary>The files of one run: <c>&lt;root&gt;/&lt;run&gt;/&lt;signal&gt;/NNNNNN.seg</c>.</summary>
internal static class RunFolder
{
    public static string SignalFolder(string run, Signal signal) => Path.Combine(run, signal switch { Signal.Traces => "traces", Signal.Metrics => "metrics", _ => "logs" });

    public static string SegmentPath(string run, Signal signal, int number) =>
        Path.Combine(SignalFolder(run, signal), number.ToString("d6", CultureInfo.InvariantCulture) + ".seg");

    /// <summary>The number in a segment's name; 0 when it has none.</summary>
    public static int NumberOf(string path) =>
        int.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>Reads what a run left. What was torn while it was written is cut off when <paramref name="mend"/>, else passed over.</summary>
    /// <returns>The segments in order of their numbers, each with its blocks. Files that are no segments are left alone.</returns>
    public static List<Segment> Open(string run, SegmentDisk disk, bool mend, CancellationToken cancelled)
    {
        var segments = new List<Segment>();
        foreach (var signal in Enum.GetValues<Signal>())
        {
            var folder = SignalFolder(run, signal);
            if (!Directory.Exists(folder))
            {
                continue;
            }

            foreach (var path in Directory.EnumerateFiles(folder, "*.seg").Order(StringComparer.Ordinal))
            {
                cancelled.ThrowIfCancellationRequested();
                if (OpenSegment(path, disk, mend) is { } segment)
                {
                    segments.Add(segment);
                }
            }
        }

        return segments;
    }

    private static Segment? OpenSegment(string path, SegmentDisk disk, bool mend)
    {
        long length;
        try
        {
            length = new FileInfo(path).Length;
        }
        catch (IOException)
        {
            return null;
        }

        Span<byte> head = stackalloc byte[(int)Math.Min(length, SegmentHead.BytesMax)];
        if (!disk.TryReadAt(path, 0, head) || !SegmentHead.TryRead(head, out var signal, out var service, out var headBytes))
        {
            return null;
        }

        var segment = new Segment(path, signal, service);
        if (SegmentIndex.TryRead(segment, disk, length))
        {
            return segment;
        }

        segment = new Segment(path, signal, service);
        Rebuild(segment, disk, headBytes, length);
        if (mend)
        {
            Mend(segment, disk, length);
        }

        return segment;
    }

    private static void Rebuild(Segment segment, SegmentDisk disk, long offset, long length)
    {
        using var raw = new ByteBuffer(BlockBuilder.TargetBytes * 2);
        using var scratch = new ByteBuffer(BlockBuilder.TargetBytes);
        Span<byte> head = stackalloc byte[BlockFrame.Bytes];
        while (offset + BlockFrame.Bytes <= length
            && disk.TryReadAt(segment.Path, offset, head)
            && BlockFrame.TryRead(head, out var frame)
            && offset + BlockFrame.Bytes + frame.CompressedBytes <= length)
        {
            var block = new Block(segment, disk, offset, frame, TraceFilter.None);
            if (!block.TryRead(raw, scratch))
            {
                break;
            }

            segment.Add(new Block(segment, disk, offset, frame, new OpenBlock(block, raw.Memory).FilterOfTraces()));
            offset += BlockFrame.Bytes + frame.CompressedBytes;
        }

        segment.Length = offset;
    }

    private static void Mend(Segment segment, SegmentDisk disk, long length)
    {
        try
        {
            if (segment.Length < length)
            {
                disk.Truncate(segment.Path, segment.Length);
            }

            SegmentIndex.Write(segment, disk);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A disk that cannot be written is read all the same: the next opening rebuilds the index again.
        }
    }
}
