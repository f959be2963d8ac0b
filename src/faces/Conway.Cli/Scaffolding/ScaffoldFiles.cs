using System.Text;

namespace Conway.Cli;

/// <summary>Writes files so that all of them are there afterwards, or none.</summary>
internal static class ScaffoldFiles
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <param name="folder">Absolute.</param>
    /// <param name="files">Relative path to new bytes, with whether a file was there before.</param>
    /// <exception cref="IOException">The disk refused; everything is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">Something may not be written; everything is as it was.</exception>
    public static void Write(string folder, IReadOnlyList<(string Path, byte[] Bytes, bool WasThere)> files)
    {
        var made = new Stack<string>();
        var undo = new Stack<Action>();
        var beside = new List<string>();
        try
        {
            foreach (var (path, bytes, wasThere) in files)
            {
                var full = Path.Combine(folder, path);
                MakeFolder(Path.GetDirectoryName(full)!, made);
                beside.Add($"{full}.{Environment.ProcessId}.new");
                if (wasThere && !OperatingSystem.IsWindows())
                {
                    // What may be read, written and executed by whom stays as it was.
                    using var stream = new FileStream(beside[^1], new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = File.GetUnixFileMode(full) });
                    stream.Write(bytes);
                }
                else
                {
                    File.WriteAllBytes(beside[^1], bytes);
                }
            }

            for (var i = 0; i < files.Count; i++)
            {
                var (full, wasThere) = (Path.Combine(folder, files[i].Path), files[i].WasThere);
                if (wasThere)
                {
                    var old = File.ReadAllBytes(full);
                    File.Move(beside[i], full, overwrite: true);
                    undo.Push(() => File.WriteAllBytes(full, old));
                }
                else
                {
                    // Never over a file that came in the meantime.
                    File.Move(beside[i], full, overwrite: false);
                    undo.Push(() => File.Delete(full));
                }
            }
        }
        catch
        {
            foreach (var action in undo.Concat(beside.Select(file => (Action)(() => File.Delete(file)))).Concat(made.Select(one => (Action)(() => Directory.Delete(one)))))
            {
                Try(action);
            }

            throw;
        }
    }

    public static byte[] Bytes(string text) => Utf8.GetBytes(text);

    private static void MakeFolder(string folder, Stack<string> made)
    {
        var missing = new Stack<string>();
        for (var at = folder; at is not null && !Directory.Exists(at); at = Path.GetDirectoryName(at))
        {
            missing.Push(at);
        }

        foreach (var one in missing)
        {
            Directory.CreateDirectory(one);
            made.Push(one);
        }
    }

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The fault that led here is told; what cannot be taken back either adds nothing to it.
        }
    }
}
