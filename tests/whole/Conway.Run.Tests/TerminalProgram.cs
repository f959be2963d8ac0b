using System.Diagnostics;

namespace Conway.Run;

/// <summary>The program on a terminal of its own, 80 columns by 24 rows, as a person has it in front of him.</summary>
internal sealed class TerminalProgram : IAsyncDisposable
{
    private readonly Process _script;
    private readonly Task _reading;
    private readonly Lock _lock = new();
    private readonly ScreenReplay _screen = new(80, 24);

    private TerminalProgram(Process script)
    {
        _script = script;
        _reading = ReadAsync();
    }

    public static TerminalProgram Start(params string[] arguments)
    {
        // 'script' gives the program a terminal and us both of its ends; there it is as wide as a terminal is by default, whatever ours is.
        var words = string.Join(' ', arguments.Prepend(Product.Program).Prepend("dotnet").Select(w => $"'{w}'"));
        var info = new ProcessStartInfo("script", ["-q", "-e", "-f", "-c", $"stty cols 80 rows 24; exec env --default-signal=INT TERM=xterm-256color {words}", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var name in info.Environment.Keys.Where(k => k is "NO_COLOR" or "COLUMNS" or "LINES" || k.StartsWith("CONWAY_RUN", StringComparison.Ordinal) || k.StartsWith("OTEL_", StringComparison.Ordinal)).ToArray())
        {
            info.Environment.Remove(name);
        }

        return new TerminalProgram(Process.Start(info)!);
    }

    /// <summary>Looks at the screen, which stands still meanwhile.</summary>
    public T Look<T>(Func<ScreenReplay, T> at)
    {
        lock (_lock)
        {
            return at(_screen);
        }
    }

    public async Task Until(Func<ScreenReplay, bool> condition, TimeSpan limit, string what)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(limit);
        while (!Look(condition))
        {
            if (_reading.IsCompleted || stop.IsCancellationRequested)
            {
                throw new TimeoutException($"Never came: {what}. The screen:\n{string.Join('\n', Look(s => s.AllLines))}");
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Presses a key: what the terminal makes of it (Ctrl-C is 3) is the program's affair.</summary>
    public async Task Press(char key)
    {
        await _script.StandardInput.WriteAsync(key);
        await _script.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The program's exit code.</summary>
    public async Task<int> Ended(TimeSpan limit)
    {
        await _reading.WaitAsync(limit, TestContext.Current.CancellationToken);
        await _script.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(limit);
        return _script.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_script.HasExited)
        {
            _script.Kill(entireProcessTree: true);
            await _script.WaitForExitAsync();
        }

        await _reading;
        _script.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[16 * 1024];
        while (await _script.StandardOutput.BaseStream.ReadAsync(buffer) is > 0 and var count)
        {
            lock (_lock)
            {
                _screen.Take(buffer.AsSpan(0, count));
            }
        }
    }
}
