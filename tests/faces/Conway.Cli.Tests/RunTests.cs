using System.Runtime.InteropServices;
using System.Text.Json;

namespace Conway.Cli.Tests;

/// <summary>The real thing: the built <c>conway</c> starts real processes.</summary>
public sealed class RunTests : IDisposable
{
    private const string Server = """
        const http = require('http');
        http.createServer((q, s) => s.end('hello from ' + process.env.OTEL_SERVICE_NAME)).listen(process.env.PORT, process.env.HOST);
        process.on('SIGTERM', () => process.exit(0));
        """;

    private const string Model = """
        conway: 1
        system: tiny
        services:
          front: { directory: front, command: node ../server.js, health: /h, calls: { back: { timeout: 1s, required: true } } }
          back: { directory: back, command: node ../server.js, health: /h }
        gateway: { routes: [ { path: /**, to: front } ] }
        """;

    private readonly SystemFolder _folder = new(Model);

    public RunTests()
    {
        _folder.Write("server.js", Server);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "front"));
        Directory.CreateDirectory(Path.Combine(_folder.Path, "back"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_in_a_pipe_tells_each_service_ends_with_three_things_to_try_and_leaves_nothing()
    {
        using var run = Shell.Start(_folder.Path, null, ["/usr/bin/env", "--default-signal=INT", Repository.Conway, "run"]);
        var lines = await LinesUntilAsync(run.StandardOutput, "Ctrl-C stops everything.");
        Assert.Contains(lines, l => l.EndsWith(" front healthy", StringComparison.Ordinal) || l.Contains(" front healthy after", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("all 2 services healthy after ", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("  3. Break conway.yaml:4: misspell 'back'", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, l => l.Contains('\u001b'));

        var storefront = lines.Single(l => l.StartsWith("storefront", StringComparison.Ordinal)).Split(' ')[^1];
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        Assert.Equal("hello from front", await http.GetStringAsync(storefront, TestContext.Current.CancellationToken));

        Kill(run.Id, 2);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, run.ExitCode);
        Assert.False(File.Exists(Path.Combine(_folder.StateFolder, "node.json")));
        Assert.True(File.Exists(Path.Combine(_folder.StateFolder, "schema.json")));
    }

    [Fact]
    public async Task A_run_that_is_broken_off_before_all_are_healthy_is_130()
    {
        _folder.Write("server.js", "setInterval(() => {}, 1000);");
        using var run = Shell.Start(_folder.Path, null, ["/usr/bin/env", "--default-signal=INT", Repository.Conway, "run", "--timeout", "1s"]);
        await LinesUntilAsync(run.StandardOutput, "not all are healthy");
        Kill(run.Id, 2);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, run.ExitCode);
    }

    [Fact]
    public async Task A_model_with_errors_is_not_started_and_is_3()
    {
        _folder.Write("conway.yaml", Model.Replace("back: { timeout", "bakc: { timeout", StringComparison.Ordinal));
        var ended = await Shell.ProcessAsync(_folder.Path, "run");
        Assert.Equal((3, ""), (ended.Code, ended.Output));
        Assert.Contains("CW1110", ended.Error, StringComparison.Ordinal);
        Assert.EndsWith("conway: The model has errors. Mend what is listed, then run again.\n", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_is_one_json_document_and_nothing_is_started()
    {
        var ended = await Shell.ProcessAsync(_folder.Path, "run", "--plan");
        Assert.Equal(0, ended.Code);
        var plan = JsonDocument.Parse(ended.Output).RootElement;
        Assert.Equal("tiny", plan.GetProperty("system").GetString());
        Assert.False(File.Exists(Path.Combine(_folder.StateFolder, "node.json")));
    }

    [Fact]
    public async Task Only_takes_along_what_the_named_services_call()
    {
        var services = LoadedModel.Load(new ModelLocation(_folder.Path, "conway.yaml"), null, new Terminal { Output = TextWriter.Null, Error = TextWriter.Null, CurrentFolder = _folder.Path }).Model.Services;
        Assert.Equal(["front", "back"], OnlyServices.WithCallees(services, ["front"]));
        Assert.Equal(["back"], OnlyServices.WithCallees(services, ["back"]));
        var ended = await Shell.ProcessAsync(_folder.Path, "run", "--only", "frnt");
        Assert.Equal(new Ended(2, "", "conway: there is no service 'frnt'. Did you mean 'front'?\n"), ended);
    }

    private static async Task<List<string>> LinesUntilAsync(StreamReader output, string last)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var lines = new List<string>();
        while (await output.ReadLineAsync(patience.Token) is { } line)
        {
            lines.Add(line);
            if (line.Contains(last, StringComparison.Ordinal))
            {
                return lines;
            }
        }

        throw new EndOfStreamException($"It ended before it said '{last}':\n{string.Join('\n', lines)}");
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int pid, int signal);
}
