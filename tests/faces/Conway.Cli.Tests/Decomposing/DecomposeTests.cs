using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Conway.Cli.Tests.Decomposing;

public sealed class DecomposeTests
{
    private const string Output = ".conway/decompose";

    [Fact]
    public async Task The_first_run_writes_a_page_a_document_a_model_and_a_file_for_constraints_and_keeps_them_out_of_git()
    {
        using var folder = Shop();
        var ended = await Shell.ConwayAsync(folder.Path, "decompose");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.Equal(["constraints.txt", "conway.yaml", "proposal.json", "report.html"], FilesIn(folder));
        Assert.Equal("*\n", File.ReadAllText(Path.Combine(folder.StateFolder, ".gitignore")));
        Assert.Contains("\nRecommended: ", ended.Output, StringComparison.Ordinal);
        Assert.Contains("\nWhat it costs  ", ended.Output, StringComparison.Ordinal);
        Assert.Contains("\nAlternatives  ", ended.Output, StringComparison.Ordinal);
        Assert.Contains("\nmonolith costs 0 by construction: where there is one service nothing is parted.\n", ended.Output, StringComparison.Ordinal);
        Assert.Contains("\"ofWhole\":\"monolith costs 0 by construction", File.ReadAllText(Path.Combine(folder.Path, Output, "report.html")), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', ended.Output);
    }

    [Fact]
    public async Task A_second_run_writes_the_same_bytes_and_leaves_constraints_alone()
    {
        using var folder = Shop();

        // Another process has other hashes.
        Assert.Equal(0, (await Shell.ProcessAsync(folder.Path, "decompose", "-q")).Code);
        string[] written = ["report.html", "proposal.json", "conway.yaml"];
        var first = written.Select(n => File.ReadAllText(Path.Combine(folder.Path, Output, n))).ToArray();
        File.AppendAllText(Path.Combine(folder.Path, Output, "constraints.txt"), "# mine\n");
        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "decompose", "-q")).Code);
        Assert.Equal(first, written.Select(n => File.ReadAllText(Path.Combine(folder.Path, Output, n))));
        Assert.EndsWith("# mine\n", File.ReadAllText(Path.Combine(folder.Path, Output, "constraints.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_constraints_beside_the_report_say_is_honoured_by_the_next_run()
    {
        using var folder = Shop();
        folder.Write($"{Output}/constraints.txt", "pin ReviewMapping -> orders-desk\npin OrderService -> orders-desk\n");
        var ended = await Shell.ConwayAsync(folder.Path, "decompose");
        Assert.Equal(0, ended.Code);
        Assert.Contains("\norders-desk ", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Constraints_that_contradict_each_other_are_told_and_no_file_changes()
    {
        using var folder = Shop();
        folder.Write("wishes.txt", "together Order OrderLine\npin Order -> sales\npin OrderLine -> shipping\n");
        var ended = await Shell.ConwayAsync(folder.Path, "decompose", "-c", "wishes.txt");
        Assert.Equal(3, ended.Code);
        Assert.Contains("CW1704", ended.Output, StringComparison.Ordinal);
        Assert.Equal("conway: no cut is proposed until the constraints can hold; no file was written.\n", ended.Error);
        Assert.False(Directory.Exists(folder.StateFolder));
    }

    [Fact]
    public async Task A_broken_constraint_is_an_error_with_its_line()
    {
        using var folder = Shop();
        folder.Write("wishes.txt", "pin Order\n");
        var ended = await Shell.ConwayAsync(folder.Path, "decompose", "--constraints", "wishes.txt");
        Assert.Equal(3, ended.Code);
        Assert.Contains("wishes.txt:1:1  error CW1702", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no folder 'nowhere'.", "nowhere")]
    [InlineData("'src/Order.cs' is a file. Name the folder that holds the source, or a solution.", "src/Order.cs")]
    [InlineData("there is no constraints file 'none.txt'. Without --constraints one with examples is made.", "-c", "none.txt")]
    [InlineData("'src' is a folder; constraints are a text file.", "-c", "src")]
    [InlineData("there is no solution 'Shop.slnx' in '.'.", "--solution", "Shop.slnx")]
    [InlineData("--out is for files, and -o json writes none. Leave one of them out.", "-o", "json", "--out", "x")]
    public async Task What_is_not_there_is_told_in_a_sentence(string said, params string[] words)
    {
        using var folder = Shop();
        Assert.Equal(new Ended(2, "", $"conway: {said}\n"), await Shell.ConwayAsync(folder.Path, ["decompose", .. words]));
    }

    [Fact]
    public async Task An_alternative_that_was_not_tried_is_told_with_what_it_lacks()
    {
        using var folder = Shop();
        var ended = await Shell.ConwayAsync(folder.Path, "decompose", "-a", "team-first");
        Assert.Equal(2, ended.Code);
        Assert.StartsWith("conway: there is no alternative 'team-first'. It was not tried, because it needs 'team' lines", ended.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.StateFolder));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("html")]
    public async Task A_folder_without_source_is_a_finding_and_no_file_is_written(string output)
    {
        using var folder = new SystemFolder();
        var ended = await Shell.ConwayAsync(folder.Path, "decompose", "-o", output);
        Assert.Equal(1, ended.Code);
        Assert.Contains("CW1601", ended.Output + ended.Error, StringComparison.Ordinal);
        Assert.EndsWith("conway: there is nothing to cut here; no file was written.\n", ended.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Garbage_is_read_without_a_stack_trace()
    {
        using var folder = new SystemFolder();
        File.WriteAllBytes(Path.Combine(folder.Path, "Noise.cs"), [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7919 >> 3))]);
        folder.Write("Broken.cs", "class A { void M( { B b = new (; } } }} namespace ; class B : A, A, B { }");
        folder.Write("Broken.csproj", "<Project><ItemGroup>");
        folder.Write("Broken.sln", "not a solution");
        var ended = await Shell.ConwayAsync(folder.Path, "decompose");
        Assert.InRange(ended.Code, 0, 1);
        Assert.DoesNotContain("   at ", ended.Output + ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("conway.yaml", "conway: 1\nsystem: mine\n")]
    [InlineData("report.html", "<p>mine</p>")]
    [InlineData("proposal.json", "{\"mine\": true}")]
    public async Task A_file_that_somebody_else_wrote_is_never_written_over(string name, string text)
    {
        using var folder = Shop();
        folder.Write($"here/{name}", text);
        var ended = await Shell.ConwayAsync(folder.Path, "decompose", "--out", "here");
        Assert.Equal(9, ended.Code);
        Assert.Equal($"conway: 'here/{name}' is there already and was not written by decompose, so nothing was written. Give another folder with --out.\n", ended.Error);
        Assert.Equal([name], Directory.GetFiles(Path.Combine(folder.Path, "here")).Select(Path.GetFileName));
        Assert.Equal(text, File.ReadAllText(Path.Combine(folder.Path, "here", name)));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_told_in_a_sentence()
    {
        using var folder = Shop();
        folder.Write("taken", "a file");
        var ended = await Shell.ConwayAsync(folder.Path, "decompose", "--out", "taken/out");
        Assert.Equal(4, ended.Code);
        Assert.StartsWith("conway: 'taken/out' could not be written: ", ended.Error, StringComparison.Ordinal);
        Assert.Single(ended.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task Other_forms_are_one_document_on_standard_output_and_write_nothing()
    {
        using var folder = Shop();
        var json = await Shell.ConwayAsync(folder.Path, "decompose", "-o", "json", "--blind");
        var html = await Shell.ConwayAsync(folder.Path, "decompose", "-o", "html");
        Assert.Equal((0, "", 0, ""), (json.Code, json.Error, html.Code, html.Error));
        using var document = System.Text.Json.JsonDocument.Parse(json.Output);
        Assert.True(document.RootElement.GetProperty("blind").GetBoolean());
        Assert.StartsWith("<!doctype html>", html.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.StateFolder));
    }

    [Fact]
    public async Task The_proposed_model_is_one_that_check_reads_without_an_error()
    {
        using var folder = Shop();
        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "decompose", "--out", "out")).Code);
        var checkedModel = await Shell.ConwayAsync(Path.Combine(folder.Path, "out"), "check");
        Assert.Contains("\n0 errors, ", checkedModel.Output, StringComparison.Ordinal);
        Assert.Equal(0, checkedModel.Code);
    }

    [Fact]
    public async Task An_interrupt_ends_it_and_leaves_no_file()
    {
        using var folder = Shop();
        folder.Write("src/Large.cs", "namespace Large;\n" + string.Concat(Enumerable.Range(0, 6000).Select(i => $"public class C{i} {{ public C{(i * 7) % 6000}? Next; public void Run() {{ Next = new C{(i * 7) % 6000}(); Next.Run(); }} }}\n")));
        using var process = Shell.Start(folder.Path, null, [Repository.Conway, "decompose"]);
        var ended = process.WaitForExitAsync(TestContext.Current.CancellationToken);
        while (!ended.IsCompleted && !IsAtWork(process))
        {
            await Task.Yield();
        }

        var clock = Stopwatch.StartNew();
        Assert.Equal(0, Kill(process.Id, 2));
        await ended.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.False(Directory.Exists(folder.StateFolder));
    }

    // Half a second of a processor: the runtime is up and the source is being read.
    private static bool IsAtWork(Process process)
    {
        try
        {
            process.Refresh();
            return process.TotalProcessorTime > TimeSpan.FromSeconds(0.5);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static SystemFolder Shop()
    {
        var folder = new SystemFolder();
        SmallShop.WriteTo(folder);
        return folder;
    }

    private static IEnumerable<string?> FilesIn(SystemFolder folder) => Directory.EnumerateFileSystemEntries(Path.Combine(folder.Path, Output)).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Kill(int process, int signal);
}
