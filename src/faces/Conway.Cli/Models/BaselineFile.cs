using Conway.Findings;

namespace Conway.Cli;

/// <summary>Baselines on disk.</summary>
internal static class BaselineFile
{
    // A finding is some 300 bytes: this is room for 200,000 of them.
    private const long BytesMax = 64 << 20;

    /// <summary>Null when there is none that can be read; <paramref name="problem"/> is a sentence.</summary>
    /// <param name="writer">The command line that writes one.</param>
    public static Baseline? Read(string path, Terminal terminal, out string problem, string writer = "conway check")
    {
        var full = Path.GetFullPath(path, terminal.CurrentFolder);
        try
        {
            if (new FileInfo(full) is { Exists: true, Length: > BytesMax })
            {
                problem = $"'{path}' is larger than 64 MiB, which no baseline is.";
                return null;
            }

            var baseline = Baseline.Read(File.ReadAllText(full), out var why);
            problem = $"'{path}' is not a baseline: {why}. '{writer} --write-baseline FILE' writes one.";
            return baseline;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            problem = $"there is no baseline '{path}'. '{writer} --write-baseline {path}' writes one.";
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"'{path}' could not be read: {e.Message.TrimEnd('.')}.";
            return null;
        }
    }

    /// <summary>Writes it, whole or not at all. Only an older baseline is written over.</summary>
    public static ExitCode Write(string path, Baseline baseline, Terminal terminal)
    {
        var full = Path.GetFullPath(path, terminal.CurrentFolder);
        try
        {
            if (File.Exists(full) && new FileInfo(full).Length is > 0 and var length && (length > BytesMax || Baseline.Read(File.ReadAllText(full), out _) is null))
            {
                return terminal.Refuse(ExitCode.WouldOverwrite, $"'{path}' is there already and is not a baseline, so it was left as it is. Give another name.");
            }

            var beside = full + ".new";
            File.WriteAllText(beside, baseline.Write());
            File.Move(beside, full, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return terminal.Refuse(ExitCode.PrerequisiteMissing, $"'{path}' could not be written: {e.Message.TrimEnd('.')}.");
        }

        terminal.Note($"{path}: {baseline.Entries.Count} finding{(baseline.Entries.Count == 1 ? "" : "s")} known from now on.");
        return ExitCode.Ok;
    }
}
