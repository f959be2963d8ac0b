using System.Diagnostics;

namespace Conway.Planted.History;

/// <summary>Makes a planted system a real git repository.</summary>
public static class PlantedRepository
{
    // A hook or a script that runs the tests may have told git where its own repository is.
    private static readonly string[] Elsewhere = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR"];

    /// <summary>Writes all commits and checks out the last.</summary>
    /// <param name="folder">Exists and is empty.</param>
    /// <exception cref="InvalidOperationException">git said no; the message is git's.</exception>
    public static async Task CreateAsync(PlantedSystem system, string folder, CancellationToken cancellationToken)
    {
        await GitAsync(folder, ["init", "-q", "-b", "main"], null, cancellationToken);
        using var stream = new MemoryStream();
        system.WriteFastImport(stream);
        await GitAsync(folder, ["fast-import", "--quiet", "--done"], stream.ToArray(), cancellationToken);
        await GitAsync(folder, ["checkout", "-q", "main"], null, cancellationToken);
    }

    /// <summary>Runs git in a folder.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">git said no; the message is git's.</exception>
    public static async Task<string> GitAsync(string folder, string[] arguments, byte[]? input, CancellationToken cancellationToken)
    {
        // The bytes are what was planted, whatever the machine's settings say about ends of lines.
        var start = new ProcessStartInfo("git", ["-c", "core.autocrlf=false", "-c", "core.fsmonitor=false", .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in Elsewhere)
            start.Environment.Remove(name);
        using var git = Process.Start(start) ?? throw new InvalidOperationException("git did not start.");
        try
        {
            var output = git.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = git.StandardError.ReadToEndAsync(cancellationToken);
            if (input is not null)
                await git.StandardInput.BaseStream.WriteAsync(input, cancellationToken);
            git.StandardInput.Close();
            await git.WaitForExitAsync(cancellationToken);
            return git.ExitCode == 0 ? await output : throw new InvalidOperationException($"git {arguments[0]} in '{folder}': {(await error).Trim()}");
        }
        finally
        {
            if (!git.HasExited)
                git.Kill(entireProcessTree: true);
        }
    }
}
