using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Conway.Tests;

/// <summary>The ordinary clients from npm in the folders of <c>tests/clients</c>, each installed when its lock file is not the one that was installed.</summary>
internal static class NpmClient
{
    private static readonly TimeSpan InstallPatience = TimeSpan.FromMinutes(4);
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Installed = new(StringComparer.Ordinal);

    /// <summary>The folder of a client, with all it needs in it.</summary>
    public static Task<string> FolderAsync(string client) => Installed.GetOrAdd(client, name => new Lazy<Task<string>>(() => InstallAsync(name))).Value;

    /// <summary>Runs a script of a client to its end.</summary>
    public static async Task<Outcome> RunAsync(string client, TimeSpan patience, params string[] arguments) =>
        await ExecuteAsync("node", arguments, await FolderAsync(client), patience);

    /// <summary>Starts a script of a client that goes on until it is killed.</summary>
    public static async Task<Process> StartAsync(string client, params string[] arguments) => Start("node", arguments, await FolderAsync(client));

    /// <summary>Runs a program to its end; when the patience is over it is killed with all it started, and that is an exception.</summary>
    /// <param name="input">What it reads from its standard input.</param>
    public static async Task<Outcome> ExecuteAsync(string program, string[] arguments, string folder, TimeSpan patience, string input = "")
    {
        using var process = Start(program, arguments, folder);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(late.Token);
            var errors = process.StandardError.ReadToEndAsync(late.Token);
            await process.StandardInput.WriteAsync(input.AsMemory(), late.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(late.Token);
            return new Outcome(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(string program, string[] arguments, string folder) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardInputEncoding = new UTF8Encoding(false),
    })!;

    private static async Task<string> InstallAsync(string client)
    {
        var folder = Path.Combine(RepositoryFolder.Root, "tests", "clients", client);
        var stamp = Path.Combine(folder, "node_modules", ".stamp");
        // Several test processes may want it at once: the first installs, the others wait.
        await using var gate = await GateAsync(Path.Combine(folder, ".npm.lock"));
        var wanted = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(folder, "package-lock.json"))));
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == wanted)
            return folder;
        // No client needs the scripts that packages run when they are installed; one of them writes a file where it likes.
        var installed = await ExecuteAsync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], folder, InstallPatience);
        if (installed.Code != 0)
            throw new InvalidOperationException($"npm ci in {folder} failed: {installed.Said}");
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

    internal sealed record Outcome(int Code, string Output, string Errors)
    {
        public string Said => Output + Errors;
    }
}
