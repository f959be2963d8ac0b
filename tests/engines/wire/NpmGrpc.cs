using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Conway.Wire;

/// <summary>The ordinary gRPC client and server in <c>tests/clients/grpc</c>, installed when its lock file is newer than what is there.</summary>
internal static class NpmGrpc
{
    private static readonly TimeSpan InstallPatience = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan RunPatience = TimeSpan.FromSeconds(40);
    private static readonly Lazy<Task<string>> Installed = new(InstallAsync);

    /// <summary>Starts the server.</summary>
    internal static async Task<Server> ServeAsync()
    {
        var process = Start("node", ["run.js", "server"], await Installed.Value);
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(RunPatience);
        return new Server(process, int.Parse(line!, CultureInfo.InvariantCulture));
    }

    /// <summary>Runs the client; what it printed.</summary>
    internal static async Task<string> RunAsync(string scenario, int port)
    {
        var (_, output) = await ExecuteAsync("node", ["run.js", scenario, $"{port}"], await Installed.Value, RunPatience);
        return output.Trim();
    }

    private static async Task<(int Code, string Output)> ExecuteAsync(string command, string[] arguments, string folder, TimeSpan patience)
    {
        using var process = Start(command, arguments, folder);
        process.StandardInput.Close();
        using var late = new CancellationTokenSource(patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(late.Token);
            var errors = process.StandardError.ReadToEndAsync(late.Token);
            await process.WaitForExitAsync(late.Token);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static Process Start(string command, string[] arguments, string folder) => Process.Start(new ProcessStartInfo(command, arguments)
    {
        WorkingDirectory = folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static async Task<string> InstallAsync()
    {
        var folder = Path.Combine(RepositoryRoot(), "tests", "clients", "grpc");
        var stamp = Path.Combine(folder, "node_modules", ".stamp");
        // Several test processes may want it at once: the first installs, the others wait.
        await using var gate = await GateAsync(Path.Combine(folder, ".npm.lock"));
        var wanted = Hash(await File.ReadAllTextAsync(Path.Combine(folder, "package-lock.json")));
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == wanted)
        {
            return folder;
        }

        var (code, output) = await ExecuteAsync("npm", ["ci", "--no-audit", "--no-fund"], folder, InstallPatience);
        if (code != 0)
        {
            throw new InvalidOperationException($"npm ci in {folder} failed: {output}");
        }

        await File.WriteAllTextAsync(stamp, wanted);
        return folder;
    }

    private static async Task<FileStream> GateAsync(string path)
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (started.Elapsed < InstallPatience)
            {
                await Task.Delay(100);
            }
        }
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Conway.slnx")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    internal sealed class Server(Process process, int port) : IAsyncDisposable
    {
        internal int Port => port;

        public async ValueTask DisposeAsync()
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
