using System.Collections.Concurrent;
using System.Diagnostics;

namespace Shop.Tests.Support;

/// <summary>One service of the shop, as a process of its own.</summary>
internal sealed class ShopProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyTime = TimeSpan.FromSeconds(30);

    private readonly ProcessStartInfo _how;
    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;

    public ShopProcess(string name, string file, IEnumerable<string> arguments, string folder, Dictionary<string, string> environment)
    {
        Name = name;
        _how = new ProcessStartInfo(file, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (variable, value) in environment)
            _how.Environment[variable] = value;
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{environment["PORT"]}"), Timeout = TimeSpan.FromSeconds(20) };
    }

    public string Name { get; }

    public HttpClient Http { get; }

    public string Output => string.Join('\n', _output);

    public async Task Start(CancellationToken cancellationToken)
    {
        _process = new Process { StartInfo = _how };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Ready(cancellationToken);
    }

    /// <summary>kill -9: no goodbye.</summary>
    public async Task Kill(CancellationToken cancellationToken)
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>SIGTERM, as the platform does it. Answers the exit code.</summary>
    public async Task<int> Terminate(CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", ["-TERM", _process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    private async Task Ready(CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var answer = await Http.GetAsync("/health/ready", cancellationToken);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            if (_process!.HasExited || Stopwatch.GetElapsedTime(start) > ReadyTime)
                throw new InvalidOperationException($"{Name} did not become ready. It said:\n{Output}");
            await Task.Delay(20, cancellationToken);
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
            _output.Enqueue(line);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_process is null)
            return;
        if (!_process.HasExited)
            await Kill(CancellationToken.None);
        _process.Dispose();
    }
}
