using System.Diagnostics;
using System.Security.Cryptography;

namespace Conway.Telemetry.Tests;

/// <summary>The OpenTelemetry SDK of Node.js in <c>tests/clients/otel</c>, installed once from its lock file.</summary>
internal static class NodeSdk
{
    private static readonly SemaphoreSlim Gate = new(1, 1);

    private static string Folder { get; } = Path.Combine(RepositoryRoot(), "tests", "clients", "otel");

    public static async Task<string> RunAsync(CancellationToken cancelled, params string[] arguments)
    {
        await InstallAsync(cancelled);
        return await RunAsync("node", ["send.mjs", .. arguments], cancelled);
    }

    private static async Task InstallAsync(CancellationToken cancelled)
    {
        await Gate.WaitAsync(cancelled);
        try
        {
            // Several test projects, and several runs, may want the same folder: one installs, the others wait.
            await using var guard = await LockAsync(cancelled);
            var wanted = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Folder, "package-lock.json"), cancelled)));
            var stamp = Path.Combine(Folder, "node_modules", ".lock-hash");
            if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp, cancelled) == wanted)
            {
                return;
            }

            await RunAsync("npm", ["ci", "--no-audit", "--no-fund"], cancelled);
            await File.WriteAllTextAsync(stamp, wanted, cancelled);
        }
        finally
        {
            Gate.Release();
        }
    }

    private static async Task<FileStream> LockAsync(CancellationToken cancelled)
    {
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(Folder, ".npm.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(200, cancelled);
            }
        }
    }

    private static async Task<string> RunAsync(string program, string[] arguments, CancellationToken cancelled)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(cancelled), process.StandardError.ReadToEndAsync(cancelled));
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
            patience.CancelAfter(TimeSpan.FromMinutes(2));
            await process.WaitForExitAsync(patience.Token);
            Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await error}");
            return (await output).Trim();
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Conway.slnx")))
        {
            folder = Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar)) ?? throw new InvalidOperationException("Conway.slnx was not found above the tests.");
        }

        return folder;
    }
}
