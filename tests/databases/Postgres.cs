using System.Diagnostics;

namespace Conway.Tests;

/// <summary>A real PostgreSQL of Debian's package for one test class: its data in a temporary folder, reached by a socket in it, gone with the tests.</summary>
public sealed class Postgres : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("conway-pg-").FullName;

    private string Data => Path.Combine(_folder, "data");

    public async ValueTask InitializeAsync()
    {
        if (Environment.IsPrivilegedProcess)
        {
            // The server refuses to run as root.
            await MustAsync("chown", ["postgres", _folder]);
        }

        await ServerAsync("initdb", "-D", Data, "-U", "owner", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C");
        await ServerAsync("pg_ctl", "-D", Data, "-s", "-w", "-t", "240", "-l", Path.Combine(_folder, "log"), "-o", $"-c listen_addresses= -c unix_socket_directories='{_folder}' -c fsync=off -c deadlock_timeout=1s", "start");
    }

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            await ServerAsync("pg_ctl", "-D", Data, "-s", "-w", "-t", "240", "-m", "immediate", "stop");
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Runs psql to its end with text as its input; the rows, one a line, columns parted by a bar.</summary>
    /// <returns>Exit code, output, errors.</returns>
    public async Task<(int Code, string Output, string Errors)> RunAsync(string database, string sql, params string[] options) =>
        await ExecuteAsync("psql", ["-X", "-q", "-A", "-t", "-h", _folder, "-d", database, .. options.Contains("-U") ? (string[])[] : ["-U", "owner"], .. options, "-f", "-"], sql);

    /// <summary>The same, which must succeed.</summary>
    public async Task<string> SqlAsync(string database, string sql, params string[] options)
    {
        var (code, output, errors) = await RunAsync(database, sql, ["-v", "ON_ERROR_STOP=1", .. options]);
        Assert.True(code == 0, errors);
        return output.TrimEnd('\n');
    }

    private static string Program(string name) =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin", name)).FirstOrDefault(File.Exists) ?? name
            : name;

    private static Task ServerAsync(string program, params string[] arguments) =>
        Environment.IsPrivilegedProcess ? MustAsync("runuser", ["-u", "postgres", "--", Program(program), .. arguments]) : MustAsync(Program(program), arguments);

    private static async Task MustAsync(string program, string[] arguments)
    {
        var (code, _, errors) = await ExecuteAsync(program, arguments, "", isDaemon: arguments.Contains("start"));
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)}: {errors}");
    }

    private static async Task<(int Code, string Output, string Errors)> ExecuteAsync(string program, string[] arguments, string input, bool isDaemon = false)
    {
        // What pg_ctl starts keeps its output open, so nobody may wait for the end of that.
        var info = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = !isDaemon, RedirectStandardError = !isDaemon, WorkingDirectory = "/" };
        using var process = Process.Start(info)!;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(Patience);
        try
        {
            var output = isDaemon ? Task.FromResult("") : process.StandardOutput.ReadToEndAsync(late.Token);
            var errors = isDaemon ? Task.FromResult("see its log") : process.StandardError.ReadToEndAsync(late.Token);
            await process.StandardInput.WriteAsync(input.AsMemory(), late.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(late.Token);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
