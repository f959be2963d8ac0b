using System.Diagnostics;

namespace Conway.Builds;

/// <summary>Runs a service's own build command.</summary>
internal static class CommandBuild
{
    private const int LinesMax = 40;

    /// <returns>Null when it succeeded, else its last lines.</returns>
    public static async Task<IReadOnlyList<string>?> RunAsync(string command, string directory, Action<string> line, CancellationToken cancel)
    {
        if (!Directory.Exists(directory))
        {
            return [$"the folder '{directory}' does not exist"];
        }

        var info = new ProcessStartInfo("/bin/sh")
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        info.ArgumentList.Add("-c");
        info.ArgumentList.Add(command);
        var (code, last) = await BuildProcess.RunAsync(info, line, LinesMax, cancel).ConfigureAwait(false);
        return code == 0 ? null : [.. last, $"'{command}' exited with code {code}"];
    }
}
