using System.Text;

namespace Conway.Cli;

/// <summary>Files that a verb makes: each written whole or not at all, and only over what the same verb wrote before.</summary>
internal static class GeneratedFiles
{
    private const int HeadBytes = 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes all of them: beside first, then each takes its place.</summary>
    /// <param name="folder">Made when it is not there.</param>
    /// <param name="texts">By name.</param>
    /// <exception cref="IOException">The disk refused; what was there before is there still.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Write(string folder, IReadOnlyDictionary<string, string> texts)
    {
        Directory.CreateDirectory(folder);
        var beside = texts.Keys.Order(StringComparer.Ordinal).Select(name => (Name: name, Beside: Path.Combine(folder, $".{name}.{Environment.ProcessId}.new"))).ToArray();
        try
        {
            foreach (var (name, file) in beside)
            {
                File.WriteAllText(file, texts[name], Utf8);
            }

            foreach (var (name, file) in beside)
            {
                File.Move(file, Path.Combine(folder, name), overwrite: true);
            }
        }
        finally
        {
            foreach (var (_, file) in beside)
            {
                Remove(file);
            }
        }
    }

    /// <summary>Makes a file where there is none: never over another, whoever made it in the meantime.</summary>
    public static void WriteNew(string path, string text)
    {
        var beside = $"{path}.{Environment.ProcessId}.new";
        try
        {
            File.WriteAllText(beside, text, Utf8);
            File.Move(beside, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Somebody else was quicker; theirs stays.
        }
        finally
        {
            Remove(beside);
        }
    }

    /// <summary>Whether a file is there that was not made by a verb with this mark near its beginning. An empty file is nobody's.</summary>
    public static bool IsForeign(string path, string mark)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var head = new byte[HeadBytes];
        var count = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return count > 0 && !Encoding.UTF8.GetString(head, 0, count).Contains(mark, StringComparison.Ordinal);
    }

    /// <summary>As a person in the current folder would write it.</summary>
    public static string Shown(string path, string currentFolder)
    {
        var relative = Path.GetRelativePath(currentFolder, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative.Replace('\\', '/');
    }

    private static void Remove(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The fault that led here is told; a file beside that cannot even be removed adds nothing to it.
        }
    }
}
