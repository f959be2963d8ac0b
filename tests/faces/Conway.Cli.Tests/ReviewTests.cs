using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Conway.Cli.Tests;

/// <summary><c>conway review</c> as a process, on real repositories.</summary>
public sealed partial class ReviewTests : IDisposable
{
    private readonly SystemFolder _folder = new();

    private static string Slower { get; } = Models.Clean.Replace("catalog: 300ms", "catalog: 900ms", StringComparison.Ordinal);

    public void Dispose()
    {
        // Git's objects are read-only.
        foreach (var file in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories))
        {
            File.SetAttributes(file, FileAttributes.Normal);
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task Two_commits_are_compared_and_the_work_tree_is_not_touched()
    {
        await BeginAsync();
        await CommitAsync(("conway.yaml", Models.Clean));
        await CommitAsync(("conway.yaml", Slower));
        _folder.Write("conway.yaml", "not: [what is compared");
        var before = Files();
        var ended = await Shell.ProcessAsync(_folder.Path, "review", "HEAD~1..HEAD");
        Assert.Equal("", ended.Error);
        Assert.Contains("conway.yaml:9:23  warning resilience-loosened  'orders' -> 'catalog': timeout 300ms -> 900ms.\n", ended.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n1 change: 0 errors, 1 warning, 0 notes.\n", ended.Output, StringComparison.Ordinal);
        Assert.Equal(0, ended.Code);
        Assert.Equal(before, Files());
        Assert.Equal(1, (await Shell.ProcessAsync(_folder.Path, "review", "HEAD~1..HEAD", "--fail-on", "warning")).Code);
    }

    [Fact]
    public async Task A_revision_alone_is_compared_with_what_lies_in_the_folder()
    {
        await BeginAsync();
        await CommitAsync(("conway.yaml", Models.Clean));
        Assert.Contains("No change of the architecture.", (await Shell.ProcessAsync(_folder.Path, "review", "HEAD")).Output, StringComparison.Ordinal);
        _folder.Write("conway.yaml", Slower);
        var ended = await Shell.ProcessAsync(_folder.Path, "review", "HEAD");
        Assert.Matches(@"^shop  HEAD \([0-9a-f]{10}\) -> the working tree\n", ended.Output);
        Assert.Contains("resilience-loosened", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Three_dots_compare_from_where_the_branch_left()
    {
        await BeginAsync();
        await CommitAsync(("conway.yaml", Models.Clean));
        await GitAsync("checkout", "-q", "-b", "change");
        await CommitAsync(("conway.yaml", Slower));
        await GitAsync("checkout", "-q", "main");
        await CommitAsync(("conway.yaml", Models.Clean.Replace("99.9%", "99%", StringComparison.Ordinal)));
        Assert.Equal(["resilience-loosened"], Classes(await Shell.ProcessAsync(_folder.Path, "review", "main...change", "-o", "json")));
        Assert.Equal(["resilience-loosened", "slo-tightened", "slo-tightened"], Classes(await Shell.ProcessAsync(_folder.Path, "review", "main..change", "-o", "json")));
        await GitAsync("checkout", "-q", "--orphan", "apart");
        await CommitAsync(("conway.yaml", Models.Clean));
        var apart = await Shell.ProcessAsync(_folder.Path, "review", "main...apart");
        Assert.Equal((2, "conway: 'main' and 'apart' have no commit in common. Write BASE..HEAD to compare them as they are.\n"), (apart.Code, apart.Error));
    }

    [Fact]
    public async Task A_model_of_several_files_in_a_folder_with_a_space_is_read_at_both_revisions()
    {
        await BeginAsync();
        var include = Models.Clean.Replace("system: shop", "system: shop\ninclude: [\"services/*.yaml\"]", StringComparison.Ordinal);
        await CommitAsync(("my shop/conway.yaml", include), ("my shop/services/mail.yaml", "services: { mail: { command: node mail.js, team: checkout } }\n"));
        await CommitAsync(("my shop/services/mail.yaml", "services: { mail: { command: node mail.js, team: checkout, replicas: 4 } }\n"));
        foreach (var (folder, path) in new[] { (_folder.Path, "my shop"), (Path.Combine(_folder.Path, "my shop", "services"), null), (_folder.Path, "my shop/conway.yaml") })
        {
            var ended = await Shell.ProcessAsync(folder, ["review", "HEAD~1..HEAD", .. path is null ? Array.Empty<string>() : [path]]);
            Assert.Contains("services/mail.yaml:1:60  info cost-changed  'mail': replicas 1 -> 4.\n", ended.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_model_that_was_not_there_is_all_new_and_one_that_moved_is_found()
    {
        await BeginAsync();
        await CommitAsync(("readme.md", "Hello"));
        await CommitAsync(("old/conway.yaml", Models.Clean));
        Directory.CreateDirectory(Path.Combine(_folder.Path, "new"));
        await GitAsync("mv", "old/conway.yaml", "new/conway.yaml");
        await CommitAsync(("new/conway.yaml", Slower));
        var born = await Shell.ProcessAsync(_folder.Path, "review", "HEAD~2..HEAD~1", "old");
        Assert.Matches(@"^note: there is no model at HEAD~2 \([0-9a-f]{10}\), so all of it is new\.\n$", born.Error);
        Assert.Contains("service-added", born.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("renamed", born.Output, StringComparison.Ordinal);
        var moved = await Shell.ProcessAsync(_folder.Path, "review", "HEAD~1..HEAD", "new");
        Assert.Matches(@"^note: the model was old/conway\.yaml at HEAD~1 \([0-9a-f]{10}\)\.\n$", moved.Error);
        Assert.Contains("1 change: 0 errors, 1 warning, 0 notes.", moved.Output, StringComparison.Ordinal);
        await GitAsync("rm", "-q", "new/conway.yaml");
        await GitAsync("commit", "-q", "-m", "gone");
        var gone = await Shell.ProcessAsync(_folder.Path, "review", "HEAD~1..HEAD", "new");
        Assert.Matches(@"^note: there is no model at HEAD \([0-9a-f]{10}\) any more, so all of it is gone\.\n$", gone.Error);
        Assert.Contains("service-removed", gone.Output, StringComparison.Ordinal);
        var none = await Shell.ProcessAsync(_folder.Path, "review", "HEAD~3..HEAD~2");
        Assert.Equal(2, none.Code);
        Assert.StartsWith("conway: there is no conway.yaml at HEAD~3", none.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mian..HEAD", 2, "conway: there is no revision 'mian' in this repository. Did you mean 'main'?\n")]
    [InlineData("zzz", 2, "conway: there is no revision 'zzz' in this repository. Name a branch, a tag or a commit; 'git fetch' brings those of the server.\n")]
    [InlineData("a..b..c", 2, "conway: 'a..b..c' is not a range. Write BASE..HEAD, BASE...HEAD (from where HEAD left BASE), or BASE alone.\n")]
    [InlineData("..", 2, "conway: '..' is not a range. Write BASE..HEAD, BASE...HEAD (from where HEAD left BASE), or BASE alone.\n")]
    [InlineData("", 2, "conway: '' is not a range. Write BASE..HEAD, BASE...HEAD (from where HEAD left BASE), or BASE alone.\n")]
    [InlineData("HEAD:conway.yaml", 2, "conway: there is no revision 'HEAD:conway.yaml' in this repository. Name a branch, a tag or a commit; 'git fetch' brings those of the server.\n")]
    [InlineData("conway.yaml", 2, "conway: 'conway.yaml' is a path, and the range comes first, as in 'conway review main..HEAD conway.yaml'.\n")]
    public async Task A_range_that_is_none_is_answered_by_a_sentence(string range, int code, string error)
    {
        await BeginAsync();
        await CommitAsync(("conway.yaml", Models.Clean));
        Assert.Equal(new Ended(code, "", error), await Shell.ProcessAsync(_folder.Path, "review", range));
    }

    [Fact]
    public async Task Options_that_do_not_fit_are_answered_by_a_sentence()
    {
        _folder.Write("conway.yaml", Models.Clean);
        async Task Says(string sentence, int code, params string[] line) => Assert.Equal(new Ended(code, "", $"conway: {sentence}\n"), await Shell.ProcessAsync(_folder.Path, ["review", .. line]));
        await Says("there is nothing to compare with. Give a range such as main..HEAD, or --base-file and --head-file.", 2);
        await Says("--base-file is given without --head-file. Give both, or a range such as main..HEAD.", 2, "--base-file", ".");
        await Says("--head-file is given without --base-file. Give both, or a range such as main..HEAD.", 2, "--head-file", ".");
        await Says("'main' is given, and --base-file with --head-file, too. Give a range, or two files.", 2, "main", "--base-file", ".", "--head-file", ".");
        await Says("there is no file or folder 'gone'.", 2, "--base-file", "gone", "--head-file", ".");
        await Says("there is no environment 'prod' at .. The model describes none.", 2, "--base-file", ".", "--head-file", ".", "-e", "prod");
        var outside = await Shell.ProcessAsync(_folder.Path, "review", "HEAD");
        Assert.Equal(4, outside.Code);
        Assert.StartsWith("conway: the history cannot be read: not a git repository", outside.Error, StringComparison.Ordinal);
        var noGit = await Shell.RunAsync(_folder.Path, new Dictionary<string, string> { ["PATH"] = "/nowhere" }, [Repository.Conway, "review", "HEAD"]);
        Assert.Equal(new Ended(4, "", "conway: the history cannot be read: 'git' could not be started.\n"), noGit);
    }

    [Fact]
    public async Task A_shallow_clone_says_how_to_get_the_rest()
    {
        await BeginAsync();
        await CommitAsync(("conway.yaml", Models.Clean));
        await GitAsync("tag", "v1");
        await CommitAsync(("conway.yaml", Slower));
        using var clone = new SystemFolder();
        var shallow = Path.Combine(clone.Path, "shallow");
        await GitAsync("clone", "-q", "--depth", "1", "file://" + _folder.Path.Replace(" ", "%20", StringComparison.Ordinal), shallow);
        var ended = await Shell.ProcessAsync(shallow, "review", "v1..HEAD");
        Assert.Equal(new Ended(2, "", "conway: there is no revision 'v1' in this repository. The clone is shallow: fetch the rest with 'git fetch --unshallow', or check out with the whole history (fetch-depth: 0).\n"), ended);
        foreach (var file in Directory.EnumerateFiles(shallow, "*", SearchOption.AllDirectories))
        {
            File.SetAttributes(file, FileAttributes.Normal);
        }
    }

    [Fact]
    public async Task Links_are_followed_within_the_folder_and_nowhere_else()
    {
        await BeginAsync();
        await CommitAsync(("outside.yaml", "services: { spy: { command: node spy.js } }\n"), ("shop/conway.yaml", Models.Clean.Replace("system: shop", "system: shop\ninclude: [linked.yaml]", StringComparison.Ordinal)), ("shop/parts/mail.yaml", "services: { mail: { command: node mail.js } }\n"));
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "shop", "linked.yaml"), "parts/mail.yaml");
        await CommitAsync();
        File.Delete(Path.Combine(_folder.Path, "shop", "linked.yaml"));
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "shop", "linked.yaml"), "../outside.yaml");
        await CommitAsync();
        var inside = await Shell.ProcessAsync(_folder.Path, "review", "HEAD~2..HEAD~1", "shop");
        Assert.Contains("Service 'mail' is new", inside.Output, StringComparison.Ordinal);
        var outside = await Shell.ProcessAsync(_folder.Path, "review", "HEAD~1..HEAD", "shop");
        Assert.Equal(3, outside.Code);
        Assert.DoesNotContain("spy", outside.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_breaks_somebody_ends_with_8_and_a_model_with_errors_with_3()
    {
        _folder.Write("old/conway.yaml", Models.Clean);
        _folder.Write("new/conway.yaml", Models.Clean.Replace("    - { path: \"/api/orders/**\", to: orders }", "    - { path: \"/orders/**\", to: orders }", StringComparison.Ordinal));
        Assert.Equal(8, (await OfFoldersAsync()).Code);
        Assert.Equal(0, (await OfFoldersAsync("--fail-on", "none")).Code);
        _folder.Write("new/conway.yaml", Models.Broken);
        var broken = await OfFoldersAsync();
        Assert.Equal(3, broken.Code);
        Assert.StartsWith("note: the model at new has 1 error, so parts may be missing here; the first: conway.yaml:9:", broken.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_checks_newly_find_is_told_and_counts_and_a_rename_is_no_news()
    {
        _folder.Write("old/conway.yaml", Models.Careless);
        _folder.Write("new/conway.yaml", Models.Unwise.Replace("  orders:", "  sales:", StringComparison.Ordinal).Replace("to: orders", "to: sales", StringComparison.Ordinal));
        var json = JsonNode.Parse((await OfFoldersAsync("-o", "json")).Output)!;
        Assert.Equal(["CW2104"], json["newFindings"]!.AsArray().Select(f => f!["code"]!.GetValue<string>()));
        Assert.Equal(["CW2103"], json["mendedFindings"]!.AsArray().Select(f => f!["code"]!.GetValue<string>()));
        Assert.Equal(1, (await OfFoldersAsync()).Code);
    }

    [Fact]
    public async Task Contracts_that_the_model_names_are_compared_operation_by_operation()
    {
        var model = Models.Clean.Replace("    health: /health\n    owns", "    health: /health\n    api: { rest: api.yaml }\n    publishes: { PriceChanged: { schema: price.json } }\n    owns", StringComparison.Ordinal);
        const string Api = """
            paths:
              /products: { get: { responses: { "200": { content: { json: { schema: { properties: { id: { type: string }, price: { type: integer } } } } } } } } }
              /stock: { get: { responses: { "200": {} } } }
            """;
        await BeginAsync();
        await CommitAsync(("conway.yaml", model), ("api.yaml", Api), ("price.json", """{ "properties": { "id": { "type": "string" } } }"""));
        await CommitAsync(
            ("api.yaml", Api.Replace("price: { type: integer }", "price: { type: string }", StringComparison.Ordinal).Replace("/stock: { get", "/shelf: { get", StringComparison.Ordinal)),
            ("price.json", """{ "properties": { "id": { "type": "string" }, "old": { "type": "number" } } }"""));
        var ended = await Shell.ProcessAsync(_folder.Path, "review", "HEAD~1..");
        Assert.Equal(8, ended.Code);
        Assert.Contains("error api-broken  The API of 'catalog' breaks: without GET /stock; differently GET /products answers 200 with price; and more: GET /shelf; 'orders' calls it.\n", ended.Output, StringComparison.Ordinal);
        Assert.Contains("warning event-changed  The schema of PriceChanged changed: and more: field old.\n", ended.Output, StringComparison.Ordinal);
        await CommitAsync(("api.yaml", Api + "\n  /new: { get: { responses: {} } }\n"), ("price.json", "{ not JSON"));
        var more = await Shell.ProcessAsync(_folder.Path, "review", "HEAD~2..");
        Assert.Equal(0, more.Code);
        Assert.Contains("info api-extended  The API of 'catalog' offers more: GET /new.\n", more.Output, StringComparison.Ordinal);
        Assert.Matches(@"^note: the contract price\.json at HEAD \([0-9a-f]{10}\) is not compared: it is not JSON\.\n$", more.Error);
    }

    [Fact]
    public async Task An_environment_that_differs_is_told_with_its_name()
    {
        _folder.Write("old/conway.yaml", Models.Clean);
        _folder.Write("old/conway.production.yaml", "policies: { mtls: strict }\n");
        _folder.Write("new/conway.yaml", Models.Clean);
        _folder.Write("new/conway.production.yaml", "policies: { mtls: permissive }\n");
        _folder.Write("new/conway.test.yaml", "policies: { mtls: permissive }\n");
        var both = await OfFoldersAsync();
        Assert.Contains("error policy-loosened  In 'production': TLS between services is permissive now; it was strict.", both.Output, StringComparison.Ordinal);
        Assert.Contains("warning environment-changed  The environment 'test' is new.", both.Output, StringComparison.Ordinal);
        Assert.Equal(["policy-loosened"], Classes(await OfFoldersAsync("-o", "json", "-e", "production")));
    }

    [Theory]
    [InlineData("change")]
    [InlineData("nothing")]
    [InlineData("everything")]
    public async Task Sarif_is_valid_by_its_official_schema_and_the_same_each_time(string what)
    {
        _folder.Write("old/conway.yaml", what == "everything" ? "conway: 1\nsystem: shop\n" : Models.Clean);
        _folder.Write("new/conway.yaml", what == "change" ? Models.Unwise.Replace("path: \"/api/orders/**\"", "path: \"/orders/**\"", StringComparison.Ordinal) : Models.Clean);
        var sarif = (await OfFoldersAsync("-o", "sarif")).Output;
        var client = await NpmClient.FolderAsync("sarif");
        var outcome = await NpmClient.ExecuteAsync("node", ["run.js"], client, TimeSpan.FromMinutes(2), sarif);
        Assert.Equal((0, ""), (outcome.Code, outcome.Output));
        Assert.Equal(sarif, (await OfFoldersAsync("-o", "sarif")).Output);
        var results = JsonNode.Parse(sarif)!["runs"]![0]!["results"]!.AsArray();
        Assert.Equal(what == "nothing", results.Count == 0);
        if (what == "change")
        {
            var removed = Assert.Single(results, r => r!["ruleId"]!.GetValue<string>() == "route-removed")!;
            Assert.Equal("error", removed["level"]!.GetValue<string>());
            Assert.EndsWith("To decide: team checkout, architects.", removed["message"]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.Contains(results, r => r!["ruleId"]!.GetValue<string>() == "CW2104");
        }
    }

    [Fact]
    public async Task Json_has_what_the_page_says_and_markdown_escapes_what_the_model_says()
    {
        _folder.Write("old/conway.yaml", Models.Clean);
        _folder.Write("new/conway.yaml", Models.Clean.Replace("path: \"/api/orders/**\"", "path: \"/<b>@all|/**\"", StringComparison.Ordinal));
        var json = JsonNode.Parse((await OfFoldersAsync("-o", "json")).Output)!;
        var change = json["changes"]![0]!;
        Assert.Equal(["base", "changes", "deciders", "errors", "fails", "head", "infos", "mendedFindings", "newFindings", "system", "warnings"], json.AsObject().Select(p => p.Key).Order(StringComparer.Ordinal));
        Assert.Equal(("route-removed", "base", "team", "checkout"), (change["class"]!.GetValue<string>(), change["place"]!["side"]!.GetValue<string>(), change["deciders"]![0]!["kind"]!.GetValue<string>(), change["deciders"]![0]!["name"]!.GetValue<string>()));
        var markdown = (await OfFoldersAsync("-o", "markdown")).Output;
        Assert.StartsWith("### conway review: shop\n\n**Needs a decision**: 1 errors, 1 warnings, 0 notes, old → new.\n", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("@all", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_example_of_the_page_prints_what_the_page_shows()
    {
        var page = Repository.Page("review.md");
        var yaml = Yaml().Match(page).Groups[1].Value;
        _folder.Write("old/conway.yaml", yaml);
        _folder.Write("new/conway.yaml", yaml.Replace("    slo: { availability: 99.9% }", "    calls: { catalog: { timeout: 300ms, retries: 1, required: true } }\n    slo: { availability: 99.9% }", StringComparison.Ordinal).Replace("versions: [v1, v2]", "versions: [v2]", StringComparison.Ordinal));
        var shown = Console().Match(page).Groups[1].Value;
        var ended = await OfFoldersAsync();
        Assert.Equal(shown, ended.Output + "$? " + ended.Code + "\n");
    }

    [Fact]
    public void The_page_lists_every_class_as_it_is()
    {
        var rows = Repository.Page("review.md").Split('\n').Where(l => ClassRow().IsMatch(l));
        Assert.Equal(
            Conway.Review.ChangeCatalog.All.Select(c => $"| `{c.Id}` | {Conway.Findings.FindingText.Word(c.Severity)}{(c.IsBreak ? ", breaks" : "")} | {c.Title} | {c.Decides} | {c.Ask} |"), rows);
    }

    private Task<Ended> OfFoldersAsync(params string[] more) => Shell.ProcessAsync(_folder.Path, ["review", "--base-file", "old", "--head-file", "new", .. more]);

    private static string[] Classes(Ended ended) => [.. JsonNode.Parse(ended.Output)!["changes"]!.AsArray().Select(c => c!["class"]!.GetValue<string>())];

    private string Files() => string.Join('\n', Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => $"{f} {File.GetLastWriteTimeUtc(f):O}"));

    private Task BeginAsync() => GitAsync("init", "-q", "-b", "main");

    private async Task CommitAsync(params (string Name, string Text)[] files)
    {
        foreach (var (name, text) in files)
        {
            _folder.Write(name, text);
        }

        await GitAsync("add", "-A");
        await GitAsync("commit", "-q", "--allow-empty", "-m", "a step");
    }

    private async Task GitAsync(params string[] arguments)
    {
        string[] who = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always"];
        var ended = await Shell.RunAsync(_folder.Path, new Dictionary<string, string> { ["GIT_CONFIG_GLOBAL"] = "/dev/null" }, [.. who, .. arguments]);
        Assert.True(ended.Code == 0, ended.Error);
    }

    [GeneratedRegex(@"^\| `[a-z-]+` \| (error|warning|info)")]
    private static partial Regex ClassRow();

    [GeneratedRegex("^```yaml\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Yaml();

    [GeneratedRegex(@"^```console\n\$ conway review [^\n]*\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Console();
}
