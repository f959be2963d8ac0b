using System.Diagnostics;
using System.Globalization;

namespace Conway.Traffic.Bench;

/// <summary>A contestant in a process of its own.</summary>
internal sealed class Role : IAsyncDisposable
{
    private readonly Process _process;

    private Role(string name, Process process, int port)
    {
        Name = name;
        _process = process;
        Port = port;
    }

    internal string Name { get; }

    internal int Port { get; }

    internal TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    internal long MemoryMiB
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / (1024 * 1024);
        }
    }

    internal static async Task<Role> StartAsync(string name, int upstreamPort)
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["serve", name, upstreamPort.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"'{name}' did not start.");
        return new Role(name, process, int.Parse(line, CultureInfo.InvariantCulture));
    }

    internal async Task<long> AllocatedAsync()
    {
        await _process.StandardInput.WriteLineAsync();
        return long.Parse((await _process.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
