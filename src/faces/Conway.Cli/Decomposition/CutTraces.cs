using Conway.CodeFacts;
using Conway.CodeFacts.Traces;

namespace Conway.Cli;

/// <summary>The file of traces that <c>--traces</c> names: opened before the long work, read after it.</summary>
internal sealed class CutTraces : IDisposable
{
    private readonly FileStream _stream;
    private readonly string _shown;

    private CutTraces(FileStream stream, string shown) => (_stream, _shown) = (stream, shown);

    /// <summary>Null when it cannot be read; <paramref name="problem"/> says why in a sentence.</summary>
    /// <param name="given">As it was named.</param>
    /// <param name="currentFolder">Where relative paths begin.</param>
    public static CutTraces? Open(string given, string currentFolder, out string problem)
    {
        problem = "";
        var path = Path.GetFullPath(given, currentFolder);
        try
        {
            if (Directory.Exists(path))
            {
                problem = $"'{given}' is a folder; traces are a file. Name one of those that the collector wrote.";
                return null;
            }

            if (!File.Exists(path))
            {
                problem = $"there is no file of traces '{given}'.";
                return null;
            }

            // As large as it likes: it is read once, from one end to the other. Whoever writes it may go on.
            return new CutTraces(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.SequentialScan), given);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = Unreadable(given, e);
            return null;
        }
    }

    /// <summary>What the file says of a codebase; when the disk refuses, that is its problem.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public SeenTraffic Read(Codebase code, CancellationToken cancellation)
    {
        try
        {
            return TraceReader.Read(code, _stream, _shown, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new SeenTraffic { File = _shown, Problem = Unreadable(_shown, e) };
        }
    }

    public void Dispose() => _stream.Dispose();

    private static string Unreadable(string given, Exception e) => $"'{given}' could not be read: {e.Message.TrimEnd('.')}.";
}
