using Conway.Telemetry.Storing;

namespace Conway.Telemetry.Tests;

/// <summary>A disk that fails on demand, or keeps its writer waiting.</summary>
internal sealed class RefusingDisk : SegmentDisk
{
    public int? Errno { get; set; }

    public ManualResetEventSlim? Wait { get; init; }

    public override void WriteAt(string path, long offset, ReadOnlySpan<byte> bytes)
    {
        Wait?.Wait(TimeSpan.FromSeconds(30));
        if (Errno is { } errno)
        {
            throw errno == 13 ? new UnauthorizedAccessException("Access is denied.") : new IOException("No space left on device", errno);
        }

        base.WriteAt(path, offset, bytes);
    }
}
