using System.Diagnostics;

namespace Shop.Tests.Support;

/// <summary>What shipping needs from npm, installed when its lock file is newer than what is there.</summary>
internal static class ShippingPackages
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "samples/shop/src/shipping");

    public static async Task Install()
    {
        // npm writes this file last of all.
        var installed = new FileInfo(Path.Combine(Folder, "node_modules/.package-lock.json"));
        var wanted = new FileInfo(Path.Combine(Folder, "package-lock.json"));
        if (installed.Exists && installed.LastWriteTimeUtc >= wanted.LastWriteTimeUtc)
            return;
        using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = npm.StandardError.ReadToEndAsync();
        await npm.StandardOutput.ReadToEndAsync();
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0)
            throw new InvalidOperationException($"npm ci in {Folder} failed:\n{await said}");
    }
}
