using System.Diagnostics;

namespace Conway.Tests;

/// <summary>
/// A real filesystem of a few megabytes at most over a folder, for the processes that are started in it: it is mounted in a namespace of theirs, so nobody else sees it and
/// nothing is left of it afterwards. Root needs nothing for it but <c>unshare</c>, <c>nsenter</c> and <c>mount</c>; others need user namespaces besides.
/// </summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly Process _holder;

    private SmallDisk(Process holder) => _holder = holder;

    /// <summary>Mounts it.</summary>
    /// <param name="folder">Exists; what is in it cannot be seen on the disk.</param>
    /// <param name="bytes">Room on the disk; rounded up to pages of 4 KiB.</param>
    public static async Task<SmallDisk> MountAsync(string folder, int bytes)
    {
        string[] namespaces = Environment.IsPrivilegedProcess ? ["-m"] : ["-Urm"];

        // It ends when its input does, so that it does not outlive whoever started it.
        const string script = "mount -t tmpfs -o size=\"$1\" tmpfs \"$0\" && echo mounted && cat >/dev/null";
        try
        {
            var holder = Process.Start(new ProcessStartInfo("unshare", [.. namespaces, "sh", "-c", script, folder, $"{bytes}"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var disk = new SmallDisk(holder);
            if (await holder.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) == "mounted")
            {
                return disk;
            }

            var said = await holder.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await disk.DisposeAsync();
            throw new InvalidOperationException($"""
                This test mounts a small filesystem in a namespace of its own, and that is refused here: {said.Trim()}
                Run it as root with CAP_SYS_ADMIN, or allow user namespaces: sudo sysctl kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0
                """);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new InvalidOperationException("This test needs 'unshare' and 'mount' (Linux; eng/setup test names the packages).", missing);
        }
    }

    /// <summary>A command that runs a program where the disk is.</summary>
    public string[] Inside(params string[] program) =>
        ["nsenter", "-t", $"{_holder.Id}", .. Environment.IsPrivilegedProcess ? Array.Empty<string>() : ["-U", "--preserve-credentials"], "-m", "--", .. program];

    /// <summary>The path of a file on the disk, for this process, which is outside.</summary>
    public string Seen(string path) => $"/proc/{_holder.Id}/root{path}";

    /// <summary>Writes a file, on the disk, until nothing more fits but <paramref name="left"/> bytes.</summary>
    public void Fill(string path, int left = 0)
    {
        using var file = new FileStream(Seen(path), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                file.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
            file.SetLength(Math.Max(0, file.Length - left));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _holder.StandardInput.Close();
        await _holder.WaitForExitAsync(CancellationToken.None);
        _holder.Dispose();
    }
}
