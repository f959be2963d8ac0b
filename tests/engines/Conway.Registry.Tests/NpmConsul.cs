using System.Diagnostics;
using System.Security.Cryptography;

namespace Conway.Registry.Tests;

/// <summary>The ordinary npm client in <c>tests/clients/consul</c>, installed when its lock file is newer than what is there.</summary>
internal static class NpmConsul
{
    private static readonly TimeSpan InstallPatience = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan RunPatience = TimeSpan.FromMinutes(1);
    private static readonly Lazy<Task<string>> Installed = new(InstallAsync);

    public static async Task RunAsync(string scenario, int port)
    {
        var folder = await Installed.Value;
        var (code, output) = await ExecuteAsync("node", ["run.js", scenario, $"{port}"], folder, RunPatience);
        Assert.True(code == 0, $"node run.js {scenario} {port}: {output}");
    }

    public static async Task<(int Code, string Output)> ExecuteAsync(string command, string[] arguments, string folder, TimeSpan patience)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(late.Token);
            var errors = process.StandardError.ReadToEndAsync(late.Token);
            await process.WaitForExitAsync(late.Token);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static async Task<string> InstallAsync()
    {
        var folder = Path.Combine(RepositoryRoot(), "tests", "clients", "consul");
        var stamp = Path.Combine(folder, "node_modules", ".stamp");
        // Several test processes may want it at once: the first installs, the others wait.
        await using var gate = await GateAsync(Path.Combine(folder, ".npm.lock"));
        var wanted = Hash(await File.ReadAllTextAsync(Path.Combine(folder, "package-lock.json")));
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == wanted) return folder;
        var (code, output) = await ExecuteAsync("npm", ["ci", "--no-audit", "--no-fund"], folder, InstallPatience);
        if (code != 0) throw new InvalidOperationException($"npm ci in {folder} failed: {output}");
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
        while (!File.Exists(Path.Combine(folder.FullName, "Conway.slnx"))) folder = folder.Parent!;
        return folder.FullName;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)))[..16];
}
