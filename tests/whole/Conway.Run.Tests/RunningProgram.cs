using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Conway.Supervision;

namespace Conway.Run;

/// <summary><c>conway run</c> in a process of its own, as a shell starts it in the foreground.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private readonly string _seen;

    private RunningProgram(Process process, string folder, string seen, int gatewayPort)
    {
        _process = process;
        _seen = seen;
        Folder = folder;
        GatewayPort = gatewayPort;
        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.ErrorDataReceived += (_, e) => Take(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Folder { get; }

    public int GatewayPort { get; }

    public int Pid => _process.Id;

    public string Said => string.Join('\n', _lines);

    public Uri Gateway => new($"http://127.0.0.1:{GatewayPort}");

    public NodeAddress Node => JsonSerializer.Deserialize<NodeAddress>(File.ReadAllText(NodeFile), JsonSerializerOptions.Web)!;

    private string NodeFile => Path.Combine(_seen, ".conway", "node.json");

    public static RunningProgram Start(string folder, params string[] more) => Start(null, null, folder, more);

    /// <param name="variables">Of the program, beside those of this process.</param>
    public static RunningProgram Start(IReadOnlyDictionary<string, string> variables, string folder, params string[] more) => Start(null, variables, folder, more);

    /// <param name="disk">Mounted somewhere in the folder.</param>
    public static RunningProgram Start(SmallDisk disk, string folder, params string[] more) => Start(disk, null, folder, more);

    private static RunningProgram Start(SmallDisk? disk, IReadOnlyDictionary<string, string>? variables, string folder, string[] more)
    {
        var port = FreePorts.Next();

        // The signal is set back to its default because a shell without job control starts its background jobs with it ignored.
        string[] command = ["env", "--default-signal=INT", "dotnet", Product.Program, "run", folder, "--no-open", "--port", $"{port}", "--console-port", $"{FreePorts.Next()}", .. more];
        command = disk?.Inside(command) ?? command;
        var info = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in info.Environment.Keys.Where(k => k.StartsWith("CONWAY_RUN", StringComparison.Ordinal) || k.StartsWith("OTEL_", StringComparison.Ordinal)).ToArray())
        {
            info.Environment.Remove(name);
        }

        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
        {
            info.Environment[name] = value;
        }

        return new RunningProgram(Process.Start(info)!, folder, disk?.Seen(folder) ?? folder, port);
    }

    /// <summary>Everything of this run that is alive, build servers and the keeper's wards alike.</summary>
    public static IReadOnlyList<int> Alive(string run) => UnixProcesses.Carrying("CONWAY_RUN", run);

    public async Task UntilAllHealthy(TimeSpan limit)
    {
        await Until(() => File.Exists(NodeFile) && Node is { Token.Length: > 0 } node && node.Pid == Pid, limit, "a node");
        await Until(async () => (await Api<JsonElement>("system")).GetProperty("state").GetString() == "running", limit, "all healthy");
    }

    /// <summary>Tells the node to do something: <c>journeys/buy/start</c>.</summary>
    public async Task Command(string path)
    {
        using var client = Client();
        using var answer = await client.PostAsync(new Uri($"/api/v1/{path}", UriKind.Relative), null, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public async Task<T> Api<T>(string path)
    {
        using var client = Client();
        var text = await client.GetStringAsync(new Uri($"/api/v1/{path}", UriKind.Relative), TestContext.Current.CancellationToken);
        return JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web)!;
    }

    public async Task<JsonElement> Service(string name) => await Api<JsonElement>($"services/{name}");

    /// <summary>Kills the first replica of a service and waits until another process of it is healthy.</summary>
    public async Task EndedAndBack(string service)
    {
        var pid = (await Service(service)).GetProperty("replicas")[0].GetProperty("pid").GetInt32();
        UnixProcesses.Signal(pid, UnixProcesses.SigKill);
        await Until(
            async () => (await Service(service)).GetProperty("replicas")[0] is var now && now.GetProperty("state").GetString() == "healthy" && now.GetProperty("pid").GetInt32() != pid,
            TimeSpan.FromSeconds(90), $"{service}-1 is back");
    }

    public Task Until(Func<bool> condition, TimeSpan limit, string what) => Until(() => Task.FromResult(condition()), limit, what);

    public async Task Until(Func<Task<bool>> condition, TimeSpan limit, string what)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(limit);
        while (!await condition())
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"The program ended with {_process.ExitCode} before {what}:\n{Said}");
            }

            try
            {
                await Task.Delay(20, stop.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Never came: {what}. It said:\n{Said}");
            }
        }
    }

    public void Signal(int signal) => UnixProcesses.Signal(Pid, signal);

    public async Task<int> Ended(TimeSpan limit)
    {
        try
        {
            await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(limit);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"It did not end within {limit}. It said:\n{Said}");
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        var run = File.Exists(NodeFile) ? Node.Run : null;
        if (!_process.HasExited)
        {
            Signal(UnixProcesses.SigInt);
            if (await Task.WhenAny(_process.WaitForExitAsync(), Task.Delay(TimeSpan.FromSeconds(30))) is { IsCompleted: true } && !_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        if (run is not null)
        {
            await Keeper.SweepAsync(run, TimeProvider.System, CancellationToken.None);
        }

        _process.Dispose();
    }

    private HttpClient Client()
    {
        var node = Node;
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(node.Url) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", node.Token);
        return client;
    }

    private void Take(string? line)
    {
        if (line is not null)
        {
            _lines.Enqueue(line);
        }
    }
}

/// <summary>What <c>.conway/node.json</c> holds.</summary>
internal sealed record NodeAddress(string Url, string Token, int Pid, string Run);
