namespace Conway.Telemetry.Storing;

/// <summary>The store's only way to the disk.</summary>
/// <remarks>Virtual so that tests can make it fail as a disk fails: with <see cref="IOException"/> and <see cref="UnauthorizedAccessException"/>.</remarks>
internal class SegmentDisk
{
    /// <summary>Writes bytes at a place of a file, creating the file and its folder.</summary>
    public virtual void WriteAt(string path, long offset, ReadOnlySpan<byte> bytes)
    {
        if (offset == 0)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }

        using var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.Write(file, bytes, offset);
    }

    /// <summary>Reads as many bytes as the span holds; false when the file is gone or shorter.</summary>
    public virtual bool TryReadAt(string path, long offset, Span<byte> bytes)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            while (!bytes.IsEmpty)
            {
                var read = RandomAccess.Read(file, bytes, offset);
                if (read == 0)
                {
                    return false;
                }

                bytes = bytes[read..];
                offset += read;
            }

            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Cuts a file at a length.</summary>
    public virtual void Truncate(string path, long length)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.SetLength(file, length);
    }

    /// <summary>Removes a file; a file that is gone already is well.</summary>
    public virtual void Delete(string path) => File.Delete(path);
}
