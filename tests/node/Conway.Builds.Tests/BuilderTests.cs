using Conway.Lowering;

namespace Conway.Builds.Tests;

public sealed class BuilderTests : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("conway builds ");
    private readonly string _run = "r-test-" + Guid.NewGuid().ToString("N");
    private readonly List<string> _lines = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Projects_that_share_a_library_are_built_in_one_go_skipped_when_unchanged_and_a_broken_one_stops_no_other()
    {
        Project("Lib", "namespace Lib; public static class Word { public const string Text = \"one\"; }", exe: false);
        Project("A", "System.Console.Write(Lib.Word.Text);", uses: "../Lib/Lib.csproj");
        Project("B", "System.Console.Write(Lib.Word.Text);", uses: "../Lib/Lib.csproj");
        var builder = NewBuilder();

        var first = await Build(builder, "A", "B");
        Assert.All(first.Values, r => Assert.True(r is { Succeeded: true, Skipped: false }, string.Join('\n', r.Lines)));
        Assert.EndsWith("A.dll", first["A"].Output, StringComparison.Ordinal);

        var second = await Build(builder, "A", "B");
        Assert.All(second.Values, r => Assert.True(r is { Succeeded: true, Skipped: true }));
        Assert.Equal(first["A"].Output, second["A"].Output);

        Write("B/Program.cs", "System.Console.Write(Lib.Word.Text)");
        var third = await Build(builder, "A", "B");
        Assert.True(third["A"].Skipped);
        Assert.False(third["B"].Succeeded);
        Assert.Equal("Program.cs(1,36): error CS1002: ; expected", Assert.Single(third["B"].Lines));

        // A change of the library is a change of both.
        Write("B/Program.cs", "System.Console.Write(Lib.Word.Text);");
        Write("Lib/Lib.cs", "namespace Lib; public static class Word { public const string Text = \"two\"; }");
        var fourth = await Build(builder, "A", "B");
        Assert.All(fourth.Values, r => Assert.True(r is { Succeeded: true, Skipped: false }, string.Join('\n', r.Lines)));

        // Another builder, as in the next run, knows what was built.
        var next = await Build(NewBuilder(), "A");
        Assert.True(next["A"].Skipped);
    }

    [Fact]
    public async Task Several_runs_on_the_same_sources_take_turns()
    {
        Project("A", "System.Console.Write(1);");
        Task<Dictionary<string, BuildReport>> building;
        await using (new FileStream(Turn, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            impatient.CancelAfter(TimeSpan.FromMilliseconds(300));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => NewBuilder().BuildAsync([Project("A")], false, _ => { }, (_, _) => { }, (_, _) => { }, impatient.Token));
            Assert.False(Directory.Exists(Path.Combine(_folder.FullName, "A", "bin")));
            building = Build(NewBuilder(), "A");
        }

        Assert.True((await building)["A"].Succeeded);
    }

    [Fact]
    public async Task What_is_put_back_as_it_was_is_the_same_program()
    {
        Project("A", "System.Console.Write(1);");
        Write("A/settings.json", "1");
        var builder = NewBuilder();
        var first = (await Build(builder, "A"))["A"];
        Assert.True(first.Makeup.IsSameProgramAs(first.Makeup), string.Join('\n', first.Lines));

        // Written again with the same words: nothing to build.
        File.SetLastWriteTimeUtc(Path.Combine(_folder.FullName, "A", "Program.cs"), DateTime.UtcNow.AddMinutes(1));
        var touched = (await Build(builder, "A"))["A"];
        Assert.True(touched.Skipped);
        Assert.True(touched.Makeup.IsSameProgramAs(first.Makeup));

        // Broken and mended: a build that failed may have left anything, so it is built again, and it is the same.
        Write("A/Broken.cs", "this is no C#");
        var broken = (await Build(builder, "A"))["A"];
        Assert.False(broken.Succeeded);
        Assert.False(broken.Makeup.IsSameProgramAs(first.Makeup));
        File.Delete(Path.Combine(_folder.FullName, "A", "Broken.cs"));
        var mended = (await Build(builder, "A"))["A"];
        Assert.True(mended is { Succeeded: true, Skipped: false });
        Assert.True(mended.Makeup.IsSameProgramAs(first.Makeup));

        // Another line for the compiler that comes to the same output.
        Write("A/Directory.Build.props", "<Project><!-- no change --></Project>");
        var same = (await Build(builder, "A"))["A"];
        Assert.False(same.Skipped);
        Assert.NotEqual(first.Makeup.Code, same.Makeup.Code);
        Assert.True(same.Makeup.IsSameProgramAs(first.Makeup));

        // A file that the program may read itself is another program, whatever the compiler makes of it.
        Write("A/settings.json", "2");
        var set = (await Build(builder, "A"))["A"];
        Assert.Equal(first.Makeup.Output, set.Makeup.Output);
        Assert.False(set.Makeup.IsSameProgramAs(first.Makeup));

        Write("A/settings.json", "1");
        Write("A/Program.cs", "System.Console.Write(2);");
        Assert.False((await Build(builder, "A"))["A"].Makeup.IsSameProgramAs(first.Makeup));
    }

    [Fact]
    public async Task As_little_as_is_needed_is_built_and_all_of_it_when_somebody_took_the_rest_away()
    {
        Project("Lib", "namespace Lib; public static class Word { public const string Text = \"one\"; }", exe: false);
        Project("A", "System.Console.Write(Lib.Word.Text);", uses: "../Lib/Lib.csproj");
        var builder = NewBuilder();
        await Built(builder);
        Assert.Contains(_lines, l => l.StartsWith("Lib -> ", StringComparison.Ordinal));

        // Its own code: what it references is not even looked at.
        Write("A/Program.cs", "System.Console.Write(Lib.Word.Text + 1);");
        await Built(builder);
        Assert.DoesNotContain(_lines, l => l.StartsWith("Lib -> ", StringComparison.Ordinal));

        // Also in the next run, and after a mistake.
        Write("A/Program.cs", "System.Console.Write(Lib.Word.Text + )");
        builder = NewBuilder();
        Assert.False((await Build(builder, "A"))["A"].Succeeded);
        Write("A/Program.cs", "System.Console.Write(Lib.Word.Text + 2);");
        await Built(builder);
        Assert.DoesNotContain(_lines, l => l.StartsWith("Lib -> ", StringComparison.Ordinal));

        // A change of what it references is built into it.
        Write("Lib/Lib.cs", "namespace Lib; public static class Word { public const string Text = \"two\"; }");
        await Built(builder);
        Assert.Contains(_lines, l => l.StartsWith("Lib -> ", StringComparison.Ordinal));
        Assert.Equal("two2", await Said());

        // Somebody cleaned up.
        foreach (var folder in (string[])["Lib/bin", "Lib/obj", "A/obj"])
        {
            Directory.Delete(Path.Combine(_folder.FullName, folder), recursive: true);
        }

        Write("A/Program.cs", "System.Console.Write(Lib.Word.Text + 3);");
        await Built(builder);
        Assert.Equal("two3", await Said());

        // A project that reads the files of another is built with it.
        Write("Lib/Lib.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><Compile Include="../A/Shared/*.cs" /></ItemGroup>
            </Project>
            """);
        Write("A/A.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType></PropertyGroup>
              <ItemGroup><ProjectReference Include="../Lib/Lib.csproj" /><Compile Remove="Shared/*.cs" /></ItemGroup>
            </Project>
            """);
        Write("A/Shared/Number.cs", "namespace Lib; public static class Number { public const int Value = 4; }");
        Write("A/Program.cs", "System.Console.Write(Lib.Number.Value);");
        await Built(builder);
        Assert.Equal("4", await Said());
        Write("A/Shared/Number.cs", "namespace Lib; public static class Number { public const int Value = 5; }");
        await Built(builder);
        Assert.Equal("5", await Said());
    }

    [Fact]
    public async Task Analyzers_have_no_part_in_it_unless_the_project_says_so()
    {
        Project("A", "System.Console.Write(\"a literal\");");
        var project = Path.Combine(_folder.FullName, "A", "A.csproj");
        var text = (await File.ReadAllTextAsync(project, Cancel)).Replace("<OutputType>", "<AnalysisMode>All</AnalysisMode><OutputType>", StringComparison.Ordinal);
        Write("A/A.csproj", text);
        Write("A/.editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.CA1303.severity = error\n");
        var builder = NewBuilder();
        await Built(builder);
        Write("A/A.csproj", text.Replace("<OutputType>", "<RunAnalyzersDuringBuild>true</RunAnalyzersDuringBuild><OutputType>", StringComparison.Ordinal));
        var strict = (await Build(builder, "A"))["A"];
        Assert.False(strict.Succeeded);
        Assert.Contains(strict.Lines, l => l.Contains("CA1303", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_written_while_it_builds_makes_a_program_that_is_the_same_as_no_other()
    {
        Write("svc/in.txt", "1");
        var builder = NewBuilder();
        Project("A", "System.Console.Write(1);");
        var service = Service("A", new BuildPlan(Path.Combine(_folder.FullName, "A", "A.csproj"), null));
        BuildReport? report = null;
        await builder.BuildAsync([service], false, _ => { }, (_, line) => Write("A/Late.cs", $"// {line}"), (_, r) => report = r, Cancel);
        Assert.True(report!.Succeeded, string.Join('\n', report.Lines));
        Assert.False(report.Makeup.IsSameProgramAs(report.Makeup));
        Assert.False((await Build(builder, "A"))["A"].Skipped);
    }

    [Fact]
    public async Task A_build_command_runs_when_its_files_changed_and_its_last_lines_tell_why_it_failed()
    {
        Write("svc/in.txt", "1");
        var builder = NewBuilder();
        var good = Command("svc", "cat in.txt");
        Assert.True((await Build(builder, good))["svc"] is { Succeeded: true, Skipped: false });
        Assert.True((await Build(builder, good))["svc"].Skipped);
        Write("svc/in.txt", "22");
        Assert.False((await Build(builder, good))["svc"].Skipped);
        var bad = (await Build(builder, Command("svc", "echo no such package >&2; exit 3")))["svc"];
        Assert.Equal(["no such package", "'echo no such package >&2; exit 3' exited with code 3"], bad.Lines);
    }

    [Fact]
    public async Task A_cancelled_build_leaves_no_process()
    {
        var builder = NewBuilder();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Write("svc/in.txt", "1");
        var started = new TaskCompletionSource();
        var building = builder.BuildAsync([Command("svc", "echo $$; sleep 1000")], false, _ => { }, (_, line) => { _lines.Add(line); started.TrySetResult(); }, (_, _) => { }, stop.Token);
        await started.Task.WaitAsync(Cancel);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => building);
        Assert.False(Directory.Exists($"/proc/{_lines[0]}") && File.ReadAllText($"/proc/{_lines[0]}/stat").Contains(") S ", StringComparison.Ordinal));
    }

    [Fact]
    public void Globs_choose_what_counts_and_outputs_never_do()
    {
        Write("svc/a.js", "");
        Write("svc/lib/b.js", "");
        Write("svc/node_modules/x/c.js", "");
        Write("svc/.cache/d.js", "");
        var root = Path.Combine(_folder.FullName, "svc");
        var all = BuildInputs.OfFolder(root, []);
        Assert.True(all.Contains(Path.Combine(root, "a.js")));
        Assert.False(all.Contains(Path.Combine(root, "node_modules/x/c.js")));
        Assert.False(all.Contains(Path.Combine(root, ".cache/d.js")));
        var some = BuildInputs.OfFolder(root, ["lib/**/*.js"]);
        Assert.False(some.Contains(Path.Combine(root, "a.js")));
        Assert.True(some.Contains(Path.Combine(root, "lib/b.js")));
        var before = some.Fingerprint();
        Write("svc/a.js", "changed");
        Assert.Equal(before, some.Fingerprint());
        Write("svc/lib/b.js", "changed");
        Assert.NotEqual(before, some.Fingerprint());
    }

    public async ValueTask DisposeAsync()
    {
        // The build servers of this run, which the node's keeper would end.
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(f => int.TryParse(Path.GetFileName(f), out _)))
        {
            try
            {
                if ((await File.ReadAllTextAsync(folder + "/environ")).Contains("CONWAY_RUN=" + _run, StringComparison.Ordinal))
                {
                    using var process = System.Diagnostics.Process.GetProcessById(int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture));
                    process.Kill();
                    await process.WaitForExitAsync();
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
            {
                // It ended by itself.
            }
        }

        _folder.Delete(recursive: true);
    }

    private async Task Built(Builder builder)
    {
        _lines.Clear();
        var report = (await Build(builder, "A"))["A"];
        Assert.True(report is { Succeeded: true, Skipped: false }, string.Join('\n', report.Lines));
    }

    private async Task<string> Said()
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("dotnet", [Path.Combine(_folder.FullName, "A/bin/Debug/net10.0/A.dll")]) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return said;
    }

    private async Task<Dictionary<string, BuildReport>> Build(Builder builder, params string[] projects) =>
        await Build(builder, [.. projects.Select(Project)]);

    private string Turn => Path.Combine(_folder.FullName, "build.lock");

    private Builder NewBuilder() => new(Path.Combine(_folder.FullName, ".conway", "build"), Turn, _run, TimeProvider.System);

    private ServicePlan Project(string name) => Service(name, new BuildPlan(Path.Combine(_folder.FullName, name, name + ".csproj"), null));

    private async Task<Dictionary<string, BuildReport>> Build(Builder builder, params ServicePlan[] services)
    {
        var reports = new System.Collections.Concurrent.ConcurrentDictionary<string, BuildReport>();
        await builder.BuildAsync(services, false, _ => { }, (_, line) => { lock (_lines) { _lines.Add(line.Trim()); } }, (s, r) => reports[s.Name] = r, Cancel);
        return new Dictionary<string, BuildReport>(reports);
    }

    private ServicePlan Command(string name, string command) => Service(name, new BuildPlan(null, command));

    private ServicePlan Service(string name, BuildPlan build) => new()
    {
        Name = name,
        Kind = build.Project is null ? ServiceKind.Command : ServiceKind.Project,
        Build = build,
        Directory = Path.Combine(_folder.FullName, name),
        Replicas = [],
        Environment = [],
        Health = new HealthPlan(null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), 3, TimeSpan.FromSeconds(1)),
        Drain = TimeSpan.Zero,
        Overlap = true,
        After = [],
        WaitsFor = [],
        Watch = [],
        Stores = [],
    };

    private void Project(string name, string code, bool exe = true, string? uses = null)
    {
        Write($"{name}/{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework>{(exe ? "<OutputType>Exe</OutputType>" : "")}</PropertyGroup>
              {(uses is null ? "" : $"<ItemGroup><ProjectReference Include=\"{uses}\" /></ItemGroup>")}
            </Project>
            """);
        Write(exe ? $"{name}/Program.cs" : $"{name}/{name}.cs", code);
    }

    private void Write(string file, string text)
    {
        var path = Path.Combine(_folder.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
