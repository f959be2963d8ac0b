using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Conway.Cli.Tests;

/// <summary>Every exit code, each by the thing that a person would do to get it.</summary>
public sealed partial class ExitCodeTests
{
    [Fact]
    public async Task A_model_with_nothing_but_notes_is_0()
    {
        using var folder = new SystemFolder(Models.Clean);
        Assert.Equal(0, (await Shell.ProcessAsync(folder.Path, "check")).Code);
    }

    [Fact]
    public async Task An_unwise_model_is_1()
    {
        using var folder = new SystemFolder(Models.Unwise);
        Assert.Equal(1, (await Shell.ProcessAsync(folder.Path, "check")).Code);
    }

    [Fact]
    public async Task A_warning_is_0_and_with_strict_1()
    {
        using var folder = new SystemFolder(Models.Careless);
        Assert.Equal(0, (await Shell.ProcessAsync(folder.Path, "check")).Code);
        Assert.Equal(1, (await Shell.ProcessAsync(folder.Path, "check", "--strict")).Code);
    }

    [Theory]
    [InlineData("chekc")]
    [InlineData("--nonsense")]
    [InlineData("check --strct")]
    [InlineData("check ./nowhere")]
    [InlineData("check -o yaml")]
    [InlineData("check a.yaml b.yaml")]
    [InlineData("wait --timeout 5")]
    [InlineData("logs --tail many")]
    [InlineData("describe")]
    [InlineData("explain CW9999")]
    [InlineData("completion tcsh")]
    [InlineData("run --port 99999")]
    [InlineData("")]
    public async Task What_is_not_understood_is_2_and_leaves_standard_output_empty(string line)
    {
        using var folder = new SystemFolder(Models.Clean);
        var ended = await Shell.ProcessAsync(folder.Path, line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, ended.Code);
        if (line.Length > 0)
        {
            Assert.Equal("", ended.Output);
            Assert.StartsWith("conway: ", ended.Error, StringComparison.Ordinal);
            Assert.Equal(1, ended.Error.Count(c => c == '\n'));
        }
    }

    [Fact]
    public async Task No_model_anywhere_is_2_and_names_init()
    {
        using var folder = new SystemFolder();
        var ended = await Shell.ProcessAsync(folder.Path, "check");
        Assert.Equal((2, "conway: there is no conway.yaml in this folder or above it. 'conway init' writes one.\n"), (ended.Code, ended.Error));
    }

    [Fact]
    public async Task A_model_that_cannot_be_read_is_3()
    {
        using var folder = new SystemFolder(Models.Broken);
        Assert.Equal(3, (await Shell.ProcessAsync(folder.Path, "check")).Code);
    }

    [Fact]
    public async Task A_folder_that_takes_no_file_is_4()
    {
        // Nobody, not even root, can create a file in /proc.
        var ended = await Shell.ProcessAsync("/proc/self", "init", "/proc");
        Assert.Equal(4, ended.Code);
        Assert.Contains("conway.yaml could not be written", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_needs_a_database_server_which_is_not_there_is_4()
    {
        using var folder = new SystemFolder("""
            conway: 1
            system: tiny
            services:
              orders: { command: node x.js, owns: { orders-db: { engine: postgresql } } }
            """);
        var ended = await Shell.RunAsync(folder.Path, new Dictionary<string, string> { ["CONWAY_POSTGRES_BIN"] = folder.Path }, [Repository.Conway, "run"]);
        Assert.Equal(4, ended.Code);
        Assert.Contains("conway.yaml:4:", ended.Error, StringComparison.Ordinal);
        Assert.Contains("CW7002", ended.Error, StringComparison.Ordinal);
        Assert.Contains("'orders-db' of 'orders' is kept in PostgreSQL, which this machine does not have.", ended.Error, StringComparison.Ordinal);
        Assert.Contains("Install it with 'sudo apt-get install postgresql', or write 'engine: sqlite'.", ended.Error, StringComparison.Ordinal);
        Assert.Contains("conway: There is no PostgreSQL server on this machine, and the model has stores in one. Install it with 'sudo apt-get install postgresql'; its own service may stay off.", ended.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder.Path, ".conway", "lock")));
    }

    [Fact]
    public async Task A_service_that_failed_is_5()
    {
        using var folder = new SystemFolder(Models.Clean);
        await using var node = (await FakeNode.StartAsync(folder)).With("orders", "failed");
        var ended = await Shell.ProcessAsync(folder.Path, "wait");
        Assert.Equal((5, "conway: 'orders' has failed. 'conway logs orders' shows more.\n"), (ended.Code, ended.Error));
    }

    [Fact]
    public async Task Time_that_is_over_is_6_and_names_who_is_late()
    {
        using var folder = new SystemFolder(Models.Clean);
        await using var node = (await FakeNode.StartAsync(folder)).With("catalog", "healthy").With("orders", "starting");
        var ended = await Shell.ProcessAsync(folder.Path, "wait", "--timeout", "3s", "-q");
        Assert.Equal((6, "conway: after 3.0 s not all are healthy: orders (starting).\n"), (ended.Code, ended.Error));
    }

    [Theory]
    [InlineData("ps")]
    [InlineData("logs")]
    [InlineData("stop")]
    [InlineData("open")]
    [InlineData("start orders")]
    [InlineData("describe orders -o json")]
    [InlineData("wait --timeout 100ms")]
    public async Task Nothing_runs_is_7(string line)
    {
        using var folder = new SystemFolder(Models.Clean);
        var ended = await Shell.ProcessAsync(folder.Path, line.Split(' '));
        Assert.Equal(7, ended.Code);
        Assert.Equal("", ended.Output);
        Assert.EndsWith("no system runs in this folder. Start it with 'conway run'.\n", ended.Error, StringComparison.Ordinal);
    }

    /// <summary>Who may read everything is told of nothing: root does without that right.</summary>
    [Fact, System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Where_the_isolated_runs_cannot_be_looked_into_the_answer_is_a_sentence_all_the_same()
    {
        using var folder = new SystemFolder(Models.Clean);
        var closed = Directory.CreateDirectory(Path.Combine(folder.StateFolder, "isolated"));
        closed.UnixFileMode = UnixFileMode.None;
        try
        {
            string[] bound = Environment.IsPrivilegedProcess ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] : [];
            var ended = await Shell.RunAsync(folder.Path, null, [.. bound, Repository.Conway, "ps"]);
            Assert.Equal((7, "conway: no system runs in this folder. Start it with 'conway run'.\n"), (ended.Code, ended.Error));
        }
        finally
        {
            closed.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        }
    }

    [Fact]
    public async Task A_model_that_is_there_already_is_9_and_stays_as_it_is()
    {
        using var folder = new SystemFolder(Models.Clean);
        Assert.Equal(9, (await Shell.ProcessAsync(folder.Path, "init")).Code);
        Assert.Equal(Models.Clean, await File.ReadAllTextAsync(Path.Combine(folder.Path, "conway.yaml"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_fault_of_ours_is_70_tells_no_stack_and_keeps_the_details()
    {
        using var folder = new SystemFolder();
        Directory.CreateDirectory(folder.StateFolder);
        var error = new StringWriter { NewLine = "\n" };
        using var terminal = new Terminal { Output = TextWriter.Null, Error = error, CurrentFolder = folder.Path };
        using var interrupts = new Interrupts();

        var code = await Guard.RunAsync(terminal, interrupts, () => throw new InvalidOperationException("the secret inside"));

        Assert.Equal(ExitCode.Internal, code);
        var file = Assert.Single(Directory.GetFiles(folder.StateFolder));
        Assert.Equal($"conway: internal error: InvalidOperationException. This is a fault of Conway, not of your model. Details: {file}\n", error.ToString());
        Assert.Contains("the secret inside", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_during_a_wait_is_128_and_its_number(string signal, int code)
    {
        using var folder = new SystemFolder(Models.Clean);
        await using var node = (await FakeNode.StartAsync(folder)).With("orders", "starting");

        // A process begun in the background may be born deaf to SIGINT, and .NET keeps it so.
        using var process = Shell.Start(folder.Path, null, ["/usr/bin/env", $"--default-signal={signal}", Repository.Conway, "wait", "--timeout", "1m"]);
        Assert.StartsWith("waiting for orders", await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(0, Kill(process.Id, signal == "INT" ? 2 : 15));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(code, process.ExitCode);
        Assert.Equal("", await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_page_lists_exactly_the_codes_of_the_program()
    {
        var listed = Row().Matches(Repository.Page("cli.md")).Select(m => (int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), m.Groups[2].Value));
        var known = Enum.GetValues<ExitCode>().Select(c => ((int)c, System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(c.ToString())));
        Assert.Equal(known, listed);
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int pid, int signal);

    // | 130 | interrupted | Ctrl-C (SIGINT) |
    [GeneratedRegex(@"^\| (\d+) \| ([a-z-]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
