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
    /// <param name="run">The run's folder.</param>
    /// <param name="disk">Reads and mends.</param>
    /// <param name="mend">Whether files are changed.</param>
    /// <param name="damage">Gets a sentence about each file of which something cannot be read.</param>
    /// <param name="cancelled">Ends the reading.</param>
    /// <returns>The segments in order of their numbers, each with its blocks. Files that are no segments are left alone.</returns>
    public static List<Segment> Open(string run, SegmentDisk disk, bool mend, List<string>? damage, CancellationToken cancelled)
    {
        var segments = new List<Segment>();
        foreach (var signal in Enum.GetValues<Signal>())
        {
            var folder = SignalFolder(run, signal);
            if (!Directory.Exists(folder))
            {
                continue;
            }

            foreach (var path in Files(folder, damage))
            {
                cancelled.ThrowIfCancellationRequested();
                if (OpenSegment(path, disk, mend, damage) is { } segment)
                {
                    segments.Add(segment);
                }
            }
        }

        return segments;
    }

    private static string[] Files(string folder, List<string>? damage)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder, "*.seg").Order(StringComparer.Ordinal)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException && damage is not null)
        {
            damage.Add($"'{Path.GetFileName(folder)}' cannot be listed: {error.Message}");
            return [];
        }
    }

    private static Segment? OpenSegment(string path, SegmentDisk disk, bool mend, List<string>? damage)
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

        var name = $"{Path.GetFileName(Path.GetDirectoryName(path))}/{Path.GetFileName(path)}";

        Span<byte> head = stackalloc byte[(int)Math.Min(length, SegmentHead.BytesMax)];
        if (!disk.TryReadAt(path, 0, head) || !SegmentHead.TryRead(head, out var signal, out var service, out var headBytes))
        {
            damage?.Add($"'{name}' does not begin as a segment does: {Bytes(length)} are left out.");
            return null;
        }

        var segment = new Segment(path, signal, service);
        if (SegmentIndex.TryRead(segment, disk, length))
        {
            return segment;
        }

        segment = new Segment(path, signal, service);
        Rebuild(segment, disk, headBytes, length);
        if (segment.Length < length)
        {
            damage?.Add($"'{name}' can be read up to byte {segment.Length.ToString("n0", CultureInfo.InvariantCulture)}: {Bytes(length - segment.Length)} after it were not written whole, or are damaged.");
        }

        if (mend)
        {
            Mend(segment, disk, length);
        }

        return segment;
    }

    private static string Bytes(long count) => count == 1 ? "1 byte" : $"{count.ToString("n0", CultureInfo.InvariantCulture)} bytes";

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
