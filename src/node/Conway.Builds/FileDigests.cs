using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Conway.Builds;

/// <summary>Digests of files' contents. A file is read again only when its size or time of writing moved. Thread-safe.</summary>
internal sealed class FileDigests
{
    /// <summary>Beyond this many files, or bytes of them, contents are not compared: it would cost more than starting a process anew.</summary>
    private const int FilesMax = 20_000;
    private const long BytesMax = 256L << 20;

    private readonly ConcurrentDictionary<string, Entry> _known = new(StringComparer.Ordinal);

    /// <summary>One digest of names and contents of all these; null when they are too many, too much, or one cannot be read.</summary>
    public string? Of(IReadOnlyCollection<FileInfo> files)
    {
        if (files.Count > FilesMax || files.Sum(f => f.Length) > BytesMax)
        {
            return null;
        }

        if (_known.Count > 2 * FilesMax)
        {
            _known.Clear(); // files that went have left their entries
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            foreach (var file in files.OrderBy(f => f.FullName, StringComparer.Ordinal))
            {
                hash.AppendData(Encoding.UTF8.GetBytes(file.FullName + "\0"));
                hash.AppendData(Contents(file));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private byte[] Contents(FileInfo file)
    {
        if (_known.TryGetValue(file.FullName, out var known) && known.Length == file.Length && known.Written == file.LastWriteTimeUtc)
        {
            return known.Digest;
        }

        using var stream = file.OpenRead();
        var digest = SHA256.HashData(stream);
        _known[file.FullName] = new Entry(file.Length, file.LastWriteTimeUtc, digest);
        return digest;
    }

    private sealed record Entry(long Length, DateTime Written, byte[] Digest);
}
