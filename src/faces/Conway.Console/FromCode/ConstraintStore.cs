using System.Text;
using Conway.Decomposition.Constraining;

namespace Conway.Console.FromCode;

/// <summary>The constraints file on disk: read anew before each edit, written whole or not at all.</summary>
/// <param name="path">Absolute. The file need not be there yet, nor its folder.</param>
/// <param name="shown">As a person named it.</param>
internal sealed class ConstraintStore(string path, string shown)
{
    // Some hundred thousand lines.
    private const long BytesMax = 16 << 20;

    // Text in another encoding is refused: written again it would not be what it was.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public string Shown => shown;

    /// <summary>What the file says now; empty when there is none.</summary>
    /// <exception cref="DecompositionException">It cannot be read.</exception>
    public ConstraintFile Read()
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                return Directory.Exists(path) ? throw new DecompositionException($"'{shown}' is a folder; constraints are a text file.") : ConstraintFile.Empty;
            }

            if (file.Length > BytesMax)
            {
                throw new DecompositionException($"'{shown}' is larger than 16 MiB, which no file of constraints is.");
            }

            return ConstraintFile.Parse(File.ReadAllText(path, Strict), shown);
        }
        catch (DecoderFallbackException)
        {
            throw new DecompositionException($"'{shown}' is not text in UTF-8. Save it as UTF-8.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DecompositionException($"'{shown}' could not be read: {e.Message.TrimEnd('.')}.");
        }
    }

    /// <summary>Writes beside, then takes the place of the file.</summary>
    /// <exception cref="DecompositionException">It cannot be written; what was there is there still.</exception>
    public void Write(ConstraintFile file)
    {
        try
        {
            // A link stays a link: what it leads to is written.
            var target = (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? path;
            var folder = Path.GetDirectoryName(target)!;
            Directory.CreateDirectory(folder);
            var beside = Path.Combine(folder, $".{Path.GetFileName(target)}.{Environment.ProcessId}.new");
            try
            {
                File.WriteAllText(beside, file.ToString(), Strict);
                if (!OperatingSystem.IsWindows() && File.Exists(target))
                {
                    File.SetUnixFileMode(beside, File.GetUnixFileMode(target));
                }

                File.Move(beside, target, overwrite: true);
            }
            finally
            {
                File.Delete(beside);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DecompositionException($"'{shown}' could not be written: {e.Message.TrimEnd('.')}.");
        }
    }
}
