using System.ComponentModel;
using System.Diagnostics;

namespace Conway.Supervision.Databases;

/// <summary>Runs a program of a PostgreSQL server to its end.</summary>
internal static class PostgresProgram
{
    /// <param name="line">The program and its arguments.</param>
    /// <param name="input">What it reads from its standard input.</param>
    /// <param name="password">What it signs in with.</param>
    /// <returns>What it wrote to its standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message says what it said.</exception>
    public static async Task<string> RunAsync(IReadOnlyList<string> line, CancellationToken cancel, string input = "", string? password = null)
    {
        var info = new ProcessStartInfo(line[0], line.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (var other in info.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToArray())
        {
            info.Environment.Remove(other); // a person's own, for another server
        }

        info.Environment["LC_ALL"] = "C";
        if (password is not null)
        {
            info.Environment["PGPASSWORD"] = password; // seen by this user only, unlike an argument
        }

        try
        {
            using var process = Process.Start(info)!;
            try
            {
                var output = process.StandardOutput.ReadToEndAsync(cancel);
                var errors = process.StandardError.ReadToEndAsync(cancel);
                try
                {
                    await process.StandardInput.WriteAsync(input.AsMemory(), cancel).ConfigureAwait(false);
                    process.StandardInput.Close();
                }
                catch (IOException)
                {
                    // It ended before it read all; its exit code and errors say why.
                }

                await process.WaitForExitAsync(cancel).ConfigureAwait(false);
                return process.ExitCode == 0
                    ? await output.ConfigureAwait(false)
                    : throw new InvalidOperationException($"PostgreSQL: '{Path.GetFileName(line.First(part => !part.StartsWith('-') && !part.EndsWith("/setpriv", StringComparison.Ordinal)))}' failed: {(await errors.ConfigureAwait(false)).Trim()}");
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill(entireProcessTree: true);
                }
            }
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"'{line[0]}' could not be run: {e.Message}", e);
        }
    }
}
