namespace Conway.Cli;

/// <summary>Where the details of an internal error are kept: <c>.conway/</c> of the current folder, else the folder for temporary files.</summary>
internal static class FaultFile
{
    /// <summary>Writes the details to a new file that only its owner may read; the file's name, or null when no folder takes it.</summary>
    public static string? Write(Terminal terminal, string details)
    {
        var name = $"conway-{terminal.Time.GetUtcNow():yyyyMMdd-HHmmss}-{Environment.ProcessId}.txt";
        foreach (var folder in new[] { Path.Combine(terminal.CurrentFolder, ".conway"), Path.GetTempPath() })
        {
            try
            {
                // .conway is only used where it is: a fault must not litter a folder that is no system's.
                if (!Directory.Exists(folder))
                {
                    continue;
                }

                var file = Path.Combine(folder, name);
                using var stream = new FileStream(file, Private());
                using var writer = new StreamWriter(stream);
                writer.WriteLine($"conway {Product.Version}, {Environment.OSVersion}, .NET {Environment.Version}");
                writer.WriteLine(Environment.CommandLine);
                writer.WriteLine(details);
                return file;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The next folder, or none: telling the fault matters more than keeping it.
            }
        }

        return null;
    }

    private static FileStreamOptions Private()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
