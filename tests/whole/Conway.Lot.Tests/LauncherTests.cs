using System.Diagnostics;

namespace Conway.Lot;

public sealed class LauncherTests : IDisposable
{
    private readonly Lot _lot = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _lot.Dispose();

    [Fact]
    public async Task The_first_call_builds_and_the_next_starts_at_once()
    {
        Assert.Equal("hello\n", (await _lot.Run("-c", "echo hello")).Output);
        Assert.Equal(new Outcome(0, "hello\n", ""), await _lot.Run("-c", "echo hello"));
        Assert.Equal(1, _lot.Builds);
    }

    [Fact]
    public async Task Every_step_is_told_with_the_one_that_comes_next()
    {
        var said = (await _lot.Run("-c", ":")).Error;
        Assert.Contains("conway: [1/2] compiling conway; next: putting the build in place\n", said, StringComparison.Ordinal);
        Assert.Matches(@"conway: \[1/2\] compiling conway  done in \d+ s\n", said);
    }

    [Fact]
    public async Task Arguments_and_the_exit_code_are_the_apps_own() =>
        Assert.Equal((7, "[a b][*]\n"), await _lot.Run("-c", "printf '[%s]' \"$@\"; echo; exit 7", "name", "a b", "*") is var (exit, output, _) ? (exit, output) : default);

    [Theory]
    [InlineData("src/faces/Conway.Cli/Program.cs", 2)]
    [InlineData("src/faces/Conway.Cli/New.cs", 2)]
    [InlineData("Directory.Build.props", 2)]
    [InlineData("src/faces/Conway.Cli/README.md", 1)]
    [InlineData("README.md", 1)]
    public async Task Only_what_goes_into_the_app_makes_a_build(string file, int builds)
    {
        _lot.Write("src/faces/Conway.Cli/README.md", "as it was");
        await _lot.Run("-c", ":");
        File.WriteAllText(_lot.Full(file), "changed");
        await _lot.Run("-c", ":");
        Assert.Equal(builds, _lot.Builds);
    }

    [Fact]
    public async Task A_removed_source_makes_a_build()
    {
        _lot.Write("src/faces/Conway.Cli/Other.cs", "two");
        await _lot.Run("-c", ":");
        File.Delete(_lot.Full("src/faces/Conway.Cli/Other.cs"));
        await _lot.Run("-c", ":");
        Assert.Equal(2, _lot.Builds);
    }

    [Fact]
    public async Task A_source_that_was_replaced_by_an_older_one_makes_a_build()
    {
        await _lot.Run("-c", ":");
        File.WriteAllText(_lot.Full("src/faces/Conway.Cli/Program.cs"), "from last year");
        File.SetLastWriteTimeUtc(_lot.Full("src/faces/Conway.Cli/Program.cs"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await _lot.Run("-c", ":");
        Assert.Equal(2, _lot.Builds);
    }

    [Fact]
    public async Task A_source_that_was_saved_during_a_build_makes_the_next_one()
    {
        _lot.Write("saved-meanwhile", "");
        await _lot.Run("-c", ":");
        await _lot.Run("-c", ":");
        Assert.Equal(2, _lot.Builds);
    }

    [Fact]
    public async Task A_failing_build_prints_the_compilers_lines_once_and_exits_5_until_it_is_mended()
    {
        _lot.Write("broken", $"""
              Determining projects to restore...
            {_lot.Root}/src/A.cs(1,19): error CS1525: Invalid expression term ';' [{_lot.Root}/src/A.csproj]
            {_lot.Root}/src/A.cs(9,1): warning CS0168: never used [{_lot.Root}/src/A.csproj]
            {_lot.Root}/src/A.cs(1,19): error CS1525: Invalid expression term ';' [{_lot.Root}/src/A.csproj]
            """);
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var outcome = await _lot.Run("-c", "echo hello");
            Assert.Equal((5, ""), (outcome.Exit, outcome.Output));
            Assert.Equal(["src/A.cs(1,19): error CS1525: Invalid expression term ';'"], outcome.Error.Split('\n').Where(l => !l.StartsWith("conway: ", StringComparison.Ordinal) && l.Length > 0));
        }

        File.Delete(_lot.Full("broken"));
        Assert.Equal("hello\n", (await _lot.Run("-c", "echo hello")).Output);
    }

    [Fact]
    public async Task Two_calls_at_once_build_once()
    {
        var outcomes = await Task.WhenAll(_lot.Run("-c", "echo a"), _lot.Run("-c", "echo b"));
        Assert.Equal(["a\n", "b\n"], outcomes.Select(o => o.Output));
        Assert.Equal(1, _lot.Builds);
    }

    [Fact]
    public async Task What_runs_keeps_the_files_it_started_from_and_they_go_when_it_ended()
    {
        await _lot.Run("-c", ":");
        var running = _lot.Start("conway", "-c", "echo up; read line");
        await running.StandardOutput.ReadLineAsync(Cancel);
        _lot.Write("src/faces/Conway.Cli/Program.cs", "two");
        await _lot.Run("-c", ":");
        Assert.Equal(["1", "2"], BuildsKept());

        await Lot.End(running);
        _lot.Write("src/faces/Conway.Cli/Program.cs", "three");
        await _lot.Run("-c", ":");
        Assert.Equal(["3"], BuildsKept());
    }

    [Theory]
    [InlineData("SDK", "8.0.100", ".NET SDK 10 (found: 8.0.100 )")]
    [InlineData("NODE", "v18.20.4", "Node.js 20.19 or newer (found: v18.20.4)")]
    public async Task A_missing_prerequisite_is_told_with_the_command_that_installs_it(string variable, string value, string said)
    {
        _lot.Variables[variable] = value;
        var outcome = await _lot.Run("-c", ":");
        Assert.Equal(4, outcome.Exit);
        Assert.Contains($"missing  {said}\n", outcome.Error, StringComparison.Ordinal);
        Assert.Matches(@"\n    get   \S+", outcome.Error);
        Assert.Equal(0, _lot.Builds);
    }

    [Fact]
    public async Task The_page_is_built_when_its_own_sources_changed_and_its_packages_when_theirs_did()
    {
        const string client = "src/faces/Conway.Console/ClientApp/";
        _lot.Write(client + "package.json", "{}");
        _lot.Write(client + "package-lock.json", "{}");
        _lot.Write(client + "src/page.ts", "one");
        await _lot.Run("-c", ":");
        _lot.Write("src/faces/Conway.Cli/Program.cs", "two");
        await _lot.Run("-c", ":");
        _lot.Write(client + "src/page.ts", "two");
        await _lot.Run("-c", ":");
        Assert.Equal("two", File.ReadAllText(_lot.Full(client + "dist/index.html")));
        Assert.Equal(
            ["npm ci", "node node_modules/vite/bin/vite.js build", "dotnet build", "dotnet build", "node node_modules/vite/bin/vite.js build", "dotnet build"],
            _lot.Calls);
    }

    [Fact]
    public async Task The_service_libraries_are_packed_when_they_changed()
    {
        _lot.Write("src/services/Conway.Service/Conway.Service.csproj", "<Project />");
        await _lot.Run("-c", ":");
        _lot.Write("src/faces/Conway.Cli/Program.cs", "two");
        await _lot.Run("-c", ":");
        _lot.Write("src/services/Conway.Service/Service.cs", "new");
        await _lot.Run("-c", ":");
        Assert.Equal(["dotnet build", "dotnet pack", "dotnet build", "dotnet build", "dotnet pack"], _lot.Calls);
        Assert.True(File.Exists(_lot.Full("artifacts/packages/Library.nupkg")));
    }

    [Fact]
    public async Task An_interrupted_build_leaves_nothing_running_and_the_next_call_builds()
    {
        _lot.Write("slow", "");
        var building = _lot.Start("eng/build", "app");
        while (_lot.Builds == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), Cancel);
        }

        Process.Start("kill", ["-TERM", $"{building.Id}"])!.Dispose();
        // Its output closes only when all that it started has ended; the compiler would take 30 s.
        Assert.Equal(143, (await Lot.End(building).WaitAsync(TimeSpan.FromSeconds(15), Cancel)).Exit);
        File.Delete(_lot.Full("slow"));
        Assert.Equal("hello\n", (await _lot.Run("-c", "echo hello")).Output);
    }

    private IEnumerable<string?> BuildsKept() =>
        Directory.GetDirectories(_lot.Full("artifacts/conway")).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
