using System.Diagnostics;
using System.Text.Json;

namespace Conway.Cli.Tests;

/// <summary>The tools of an assistant, asked by the protocol's official client.</summary>
public sealed class McpTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task The_official_client_drives_describe_check_decompose_and_explain()
    {
        var before = Files(Path.Combine(RepositoryFolder.Root, "samples", "monolith"));
        var (server, answers) = await AskAsync(Path.Combine(RepositoryFolder.Root, "samples"),
            ("describe_system", new { path = "shop" }),
            ("check", new { path = "shop" }),
            ("what_breaks_if", new { path = "shop", service = "inventory" }),
            ("explain", new { topic = "CW2104" }),
            ("draw", new { path = "shop", kind = "context-map" }),
            ("decompose", new { path = "monolith" }),
            ("explain_type", new { path = "monolith", type = "Order" }),
            ("propose_boundary", new { path = "monolith", service = "coupons", types = new[] { "Coupon*" } }));
        Assert.Equal("conway", server.GetProperty("server").GetProperty("name").GetString());
        Assert.Equal(McpTools.All.Select(tool => tool.Name), server.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()));
        Assert.All(server.GetProperty("tools").EnumerateArray(), tool => Assert.True(tool.GetProperty("annotations").GetProperty("readOnlyHint").GetBoolean()));

        Assert.All(answers, answer => Assert.False(answer.IsError, answer.Text));
        Assert.Contains("orders: context ordering, team checkout", answers[0].Text, StringComparison.Ordinal);
        Assert.Contains("0 errors, 0 warnings", answers[1].Text, StringComparison.Ordinal);
        Assert.Contains("degrades     orders  calls it: orders -> inventory", answers[2].Text, StringComparison.Ordinal);
        Assert.Contains("Timeout over the caller's budget", answers[3].Text, StringComparison.Ordinal);
        Assert.Contains("conformist", answers[4].Text, StringComparison.Ordinal);
        Assert.Contains("Recommended:", answers[5].Text, StringComparison.Ordinal);
        Assert.Matches(@"Outfitter\.Entities\.Order .*Order\.cs:\d+\n  in order, margin", answers[6].Text);
        Assert.Matches(@"medium without the wish: \d+ services, price [0-9.]+\nmedium with it: \d+ services, price", answers[7].Text);
        Assert.Contains("\ncoupons: ", answers[7].Text, StringComparison.Ordinal);

        // Nothing was written beside the code.
        Assert.Equal(before, Files(Path.Combine(RepositoryFolder.Root, "samples", "monolith")));
    }

    [Fact]
    public async Task A_long_answer_comes_in_pages_that_belong_together()
    {
        using var folder = new SystemFolder($"conway: 1\nsystem: large\nservices:\n{string.Concat(Enumerable.Range(0, 400).Select(i => $"  service-{i}: {{ command: ./x, description: \"The service of number {i}, which has something to say.\" }}\n"))}");
        var (_, answers) = await AskAsync(folder.Path,
            ("describe_system", new { }), ("describe_system", new { page = 2 }), ("describe_system", new { page = 3 }), ("describe_system", new { page = 4 }));
        Assert.EndsWith("(page 1 of 3; ask the same with page 2 for the next)\n", answers[0].Text, StringComparison.Ordinal);
        Assert.EndsWith("(page 3 of 3)\n", answers[2].Text, StringComparison.Ordinal);
        Assert.All(answers, answer => Assert.True(answer.Text.Length < McpPages.PageMax + 200));
        Assert.Equal(400, answers[..3].Sum(answer => answer.Text.Split('\n').Count(line => line.StartsWith("  service-", StringComparison.Ordinal))));
        Assert.Equal((true, "There is no page 4; the answer has 3 pages."), answers[3]);
    }

    [Fact]
    public async Task What_is_outside_the_folder_is_not_read()
    {
        using var outside = new SystemFolder(Models.Clean);
        using var folder = new SystemFolder(Models.Clean);
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "link"), outside.Path);
        var (_, answers) = await AskAsync(folder.Path,
            ("describe_system", new { path = outside.Path }), ("check", new { path = "../" }), ("decompose", new { path = "link" }), ("draw", new { kind = "context", path = "link/conway.yaml" }), ("describe_system", new { path = "." }));
        Assert.All(answers[..4], answer => Assert.Contains("is not in the folder that is served", answer.Text, StringComparison.Ordinal));
        Assert.All(answers[..4], answer => Assert.True(answer.IsError));
        Assert.False(answers[4].IsError);
    }

    [Fact]
    public async Task A_name_that_is_a_path_is_no_way_out_and_no_model_is_searched_for_above()
    {
        using var outside = new SystemFolder(Models.Clean);
        Directory.CreateDirectory(Path.Combine(outside.Path, "served"));
        var (_, answers) = await AskAsync(Path.Combine(outside.Path, "served"),
            ("draw", new { kind = "context", of = "../" }), ("explain", new { topic = "../conway.yaml" }), ("what_breaks_if", new { service = outside.Path }),
            ("describe_system", new { }), ("check", new { }), ("draw", new { kind = "context" }), ("what_breaks_if", new { service = "orders" }));
        Assert.All(answers, answer => Assert.True(answer.IsError, answer.Text));
        Assert.All(answers[..3], answer => Assert.Contains("must be a name, and no path", answer.Text, StringComparison.Ordinal));
        Assert.All(answers, answer => Assert.DoesNotContain("catalog", answer.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mistakes_are_answered_with_what_to_write_instead()
    {
        using var folder = new SystemFolder(Models.Clean);
        var (_, answers) = await AskAsync(folder.Path,
            ("chek", new { }),
            ("check", new { wth = new[] { "code" } }),
            ("check", new { with = new[] { "cod" } }),
            ("explain", new { }),
            ("explain", new { topic = "--output" }),
            ("what_breaks_if", new { service = "order" }),
            ("draw", new { kind = "containers", page = 0 }),
            ("draw", new { kind = "components" }),
            ("decompose", new { }),
            ("propose_boundary", new { service = "a b", types = new[] { "X" } }),
            ("propose_boundary", new { service = "a", types = new[] { "X -> b\nsize 1..2" } }));
        string[] wanted =
        [
            "There is no tool 'chek'.", "Did you mean 'with'?", "'with' must be a list of some of", "'explain' needs 'topic'", "nothing called 'output'", "Did you mean 'orders'?", "'page' must be 1 or more.", "of which service?",
            "there is nothing to cut here", "'types' is a list of names of types", "'types' is a list of names of types",
        ];
        Assert.All(answers.Zip(wanted), pair => Assert.Contains(pair.Second, pair.First.Text, StringComparison.Ordinal));
        Assert.All(answers, answer => Assert.True(answer.IsError, answer.Text));
    }

    [Fact]
    public async Task A_model_with_errors_is_described_as_far_as_it_can_be_read_and_that_is_said()
    {
        using var folder = new SystemFolder(Models.Broken);
        var (_, answers) = await AskAsync(folder.Path, ("describe_system", new { }), ("check", new { }));
        Assert.Contains("  orders: ", answers[0].Text, StringComparison.Ordinal);
        Assert.Contains("catalogue", answers[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_when_the_assistant_has_gone_and_survives_what_is_no_message()
    {
        using var folder = new SystemFolder(Models.Clean);
        using var process = Process.Start(new ProcessStartInfo(Repository.Conway, ["mcp"]) { WorkingDirectory = folder.Path, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await process.StandardInput.WriteAsync("no message\n{\"jsonrpc\":\"2.0\"\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}\n");
            await process.StandardInput.FlushAsync(patience.Token);
            string? line;
            while ((line = await process.StandardOutput.ReadLineAsync(patience.Token)) is not null && !line.Contains("serverInfo", StringComparison.Ordinal))
            {
                // What is no message may be answered with an error.
                Assert.Contains("\"error\"", line, StringComparison.Ordinal);
            }

            Assert.Contains("\"conway\"", line, StringComparison.Ordinal);
            process.StandardInput.Close();
            await process.WaitForExitAsync(patience.Token);
            Assert.Equal((0, ""), (process.ExitCode, await process.StandardError.ReadToEndAsync(patience.Token)));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_told()
    {
        using var folder = new SystemFolder();
        Assert.Equal(new Ended(2, "", "conway: there is no folder 'nowhere'.\n"), await Shell.ConwayAsync(folder.Path, "mcp", "nowhere"));
    }

    [Fact]
    public void Pages_end_with_lines_and_put_together_are_the_text()
    {
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(3000)).Select(_ => random.Next(40) switch { 0 => "\n", 1 => "😀", 2 => new string('x', random.Next(60)), _ => "word " }));
            var pages = McpPages.Of(text);
            Assert.Equal(text, string.Concat(pages));
            Assert.All(pages, page => Assert.InRange(page.Length, 0, McpPages.PageMax));
            Assert.All(pages, page => Assert.False(page.Length > 0 && char.IsLowSurrogate(page[0])));
        }

        Assert.Equal([new string('a', McpPages.PageMax), "a"], McpPages.Of(new string('a', McpPages.PageMax + 1)));
    }

    [Fact]
    public void The_page_lists_every_tool_with_its_arguments()
    {
        var page = Repository.Page("mcp.md");
        Assert.All(McpTools.All, tool => Assert.Contains($"| `{tool.Name}` | {string.Join(", ", tool.Parameters.Select(one => one.IsRequired ? $"**`{one.Name}`**" : $"`{one.Name}`"))} |", page, StringComparison.Ordinal));
        Assert.Equal(McpTools.All.Count, page.Split("\n| `").Length - 1);
    }

    private static async Task<(JsonElement Server, (bool IsError, string Text)[] Answers)> AskAsync(string folder, params (string Name, object Arguments)[] questions)
    {
        var input = string.Concat(questions.Select(one => JsonSerializer.Serialize(new { name = one.Name, arguments = one.Arguments }) + "\n"));
        var ended = await NpmClient.ExecuteAsync("node", ["drive.mjs", Repository.Conway, folder], await NpmClient.FolderAsync("mcp"), Patience, input);
        Assert.True(ended.Code == 0, ended.Said);
        var lines = ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToArray();
        return (lines[0], [.. lines[1..].Select(line => (line.GetProperty("isError").GetBoolean(), line.GetProperty("text").GetString()!))]);
    }

    // Builds of others may come and go in their folders.
    private static IReadOnlyList<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/artifacts/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
