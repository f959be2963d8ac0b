using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Conway.Run;

/// <summary>The sample as a person meets it: started by the program, used in a real browser, broken and changed while it serves.</summary>
public sealed partial class ShopTests(ShopCopy shop) : IClassFixture<ShopCopy>, IAsyncLifetime
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(90);
    private static readonly string[] ChromiumFlags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

    /// <summary>Whichever test came before, this one begins with all that is wanted running.</summary>
    public async ValueTask InitializeAsync() => await shop.Program.UntilAllHealthy(Enough);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_order_placed_in_a_real_browser_is_shipped_and_one_trace_shows_its_way_through_both_languages()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ChromiumFlags });
        var page = await browser.NewPageAsync();
        await page.GotoAsync(shop.Program.Gateway.ToString());
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Add .* to the basket$") }).First.ClickAsync();
        await Assertions.Expect(page.GetByText("is in your basket.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Basket") }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Place order") }).ClickAsync();
        // Asked again and again: waiting for the navigation misses one that is over already.
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("#/orders/"), new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator("[data-status=shipped]")).ToBeVisibleAsync(new() { Timeout = 30_000 });

        string[] wanted = ["gateway", "orders", "payments", "shipping"];
        await shop.Program.Until(
            async () => (await shop.Program.Api<JsonElement>("traces?query=" + Uri.EscapeDataString("service:shipping") + "&limit=200")).GetProperty("traces").EnumerateArray()
                .Any(t => wanted.All(w => t.GetProperty("services").EnumerateArray().Any(s => s.GetProperty("name").GetString() == w))
                    && t.GetProperty("services").EnumerateArray().Any(s => s.GetProperty("name").GetString()!.Contains("browser", StringComparison.Ordinal))),
            Enough, "one trace from the browser to shipping");
    }

    [Fact]
    public async Task Every_service_with_an_objective_sends_what_its_generated_rules_count()
    {
        var into = Directory.CreateTempSubdirectory("conway rules ");
        try
        {
            var said = await Product.RunAsync("generate", shop.Folder, "observability", "-e", "production", "--out", into.FullName);
            var rules = Directory.EnumerateFiles(Path.Combine(into.FullName, "observability", "prometheus", "rules")).Select(File.ReadAllText).ToArray();
            Assert.True(rules.Length == 7, said);
            var wanted = rules.SelectMany(text => Bucket().Matches(text).Select(match => (Job: match.Groups["job"].Value, Bound: match.Groups["bound"].Value))).ToHashSet();
            Assert.Equal(7, wanted.Select(one => one.Job).Distinct().Count());
            var page = new Uri(new Uri((await shop.Program.Api<JsonElement>("system")).GetProperty("otlpUrl").GetString()!), "/metrics");
            using var client = new HttpClient();
            string[] lines = [];
            await shop.Program.Until(
                async () =>
                {
                    await OrderAsync(client);
                    lines = (await client.GetStringAsync(page, TestContext.Current.CancellationToken)).Split('\n');
                    return wanted.All(one => Has("bucket", one.Job, $"le=\"{one.Bound}\"") && Has("count", one.Job, "http_response_status_code=\"2"));
                },
                Enough, $"all of {string.Join(' ', wanted)}");

            // What a cluster asks is nothing that users are promised.
            Assert.DoesNotContain(lines, line => line.StartsWith("http_server_request_duration_seconds_count", StringComparison.Ordinal) && line.Contains("http_route=\"/health", StringComparison.Ordinal));

            bool Has(string suffix, string job, string label) => lines.Any(line =>
                line.StartsWith($"http_server_request_duration_seconds_{suffix}{{", StringComparison.Ordinal) && line.Contains($"job=\"{job}\"", StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal));
        }
        finally
        {
            into.Delete(recursive: true);
        }
    }

    private int _ordered;

    // As the journey 'buy' of the sample does it; every service takes part. Each order takes another product, and never the first one, so that nothing is sold out for others.
    private async Task OrderAsync(HttpClient client)
    {
        var product = $"p-{2 + (_ordered++ % 90):0000}";
        async Task<JsonElement> SendAsync(HttpMethod method, string path, string? body = null, string? key = null)
        {
            using var request = new HttpRequestMessage(method, new Uri(shop.Program.Gateway, path));
            request.Content = body is null ? null : new StringContent(body, null, "application/json");
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, text);
            return text.StartsWith('{') ? JsonSerializer.Deserialize<JsonElement>(text) : default;
        }

        await SendAsync(HttpMethod.Get, "/");
        await SendAsync(HttpMethod.Get, $"/api/stock/{product}");
        var basket = (await SendAsync(HttpMethod.Post, "/api/basket")).GetProperty("id").GetString()!;
        await SendAsync(HttpMethod.Put, $"/api/basket/{basket}/lines/{product}", """{ "quantity": 1 }""");
        var card = (await SendAsync(HttpMethod.Post, "/api/cards", """{ "number": "4242 4242 4242 4242", "expiry": "12/39", "cvc": "123" }""")).GetProperty("token").GetString();
        await SendAsync(HttpMethod.Post, "/api/orders", $$"""{ "basket": "{{basket}}", "card": "{{card}}", "customer": { "name": "Ada", "email": "ada@example.com", "address": "12 St James's Square, London" } }""", basket);
    }

    [GeneratedRegex("_bucket\\{job=\"(?<job>[^\"]+)\",.*le=\"(?<bound>[^\"]+)\"")]
    private static partial Regex Bucket();

    [Fact]
    public async Task Each_log_record_of_a_service_that_prints_and_exports_is_shown_once()
    {
        using var client = new HttpClient { BaseAddress = shop.Program.Gateway };
        for (var page = 0; page < 20; page++)
        {
            using var answer = await client.GetAsync(new Uri($"/api/products?limit={page + 1}", UriKind.Relative), TestContext.Current.CancellationToken);
        }

        // Others look at the shop meanwhile; what they asked for just before the end may never be exported, and is then shown as it was printed.
        string[] exported = [];
        await shop.Program.Until(async () => (exported = [.. (await Requests()).Where(r => r.Source == "otlp").Select(r => r.Span)]).Length >= 20, Enough, "the records of twenty requests");

        // With its process ended, every line that still waited for its record would be shown.
        await shop.Program.EndedAndBack("catalog");

        // Each request is a span of its own: a second record of one is the same event once more.
        var shown = (await Requests()).Where(r => exported.Contains(r.Span)).ToArray();
        Assert.All(shown, r => Assert.Equal("otlp", r.Source));
        Assert.Equal(exported.Length, shown.Length);

        async Task<(string Source, string Span)[]> Requests() =>
            [.. (await shop.Program.Api<JsonElement>("logs?limit=1000&query=" + Uri.EscapeDataString("service:catalog \"GET /api/products 200\""))).GetProperty("records").EnumerateArray()
                .Select(record => (record.GetProperty("source").GetString()!, record.GetProperty("spanId").GetString()!))];
    }

    [Fact]
    public async Task A_replica_of_the_catalog_killed_under_load_is_not_felt_and_comes_back()
    {
        await using var load = Load.Of(shop.Program.Gateway, "/api/products?limit=5", perSecond: 50);
        await load.Answered(20);
        await shop.Program.EndedAndBack("catalog");
        await load.Answered(20);
        Assert.Empty(load.Failures);
    }

    [Fact]
    public async Task A_changed_line_of_the_catalog_serves_while_no_request_anywhere_fails()
    {
        var others = shop.Program.Gateway;
        var source = Path.Combine(shop.Folder, "src", "Catalog", "Program.cs");
        var pids = (await shop.Program.Api<JsonElement>("services")).EnumerateArray().Where(s => s.GetProperty("name").GetString() != "catalog").Select(s => s.GetProperty("replicas")[0].GetProperty("pid").GetInt32()).ToArray();
        await using var load = Load.Of(others, "/api/stock/p-0001", perSecond: 50);
        await using var same = Load.Of(others, "/api/products?limit=1", perSecond: 20);
        await load.Answered(10);
        var program = await File.ReadAllTextAsync(source, TestContext.Current.CancellationToken);
        var marked = program.Replace("app.MapConway();", "app.MapConway();\napp.MapGet(\"/api/products/changed/line\", () => \"changed\");", StringComparison.Ordinal);
        Assert.NotEqual(program, marked);
        await File.WriteAllTextAsync(source, marked, TestContext.Current.CancellationToken);
        await shop.Program.Until(() => Answers(others, "/api/products/changed/line", "changed"), Enough, "the new answer");
        await load.Answered(20);
        Assert.Empty(load.Failures);
        Assert.Empty(same.Failures);
        await shop.Program.Until(() => shop.Program.Said.Contains("catalog serving", StringComparison.Ordinal), Enough, "catalog taken over");
        var after = (await shop.Program.Api<JsonElement>("services")).EnumerateArray().Where(s => s.GetProperty("name").GetString() != "catalog").Select(s => s.GetProperty("replicas")[0].GetProperty("pid").GetInt32()).ToArray();
        Assert.Equal(pids, after);
    }

    [Fact]
    public async Task A_service_that_no_longer_builds_serves_on_and_the_compilers_own_line_is_shown()
    {
        var file = Path.Combine(shop.Folder, "src", "Payments", "Broken.cs");
        await File.WriteAllTextAsync(file, "this is no C#", TestContext.Current.CancellationToken);
        await shop.Program.Until(async () => (await shop.Program.Service("payments")).GetProperty("build").GetProperty("state").GetString() == "failed", Enough, "the build fails");
        var payments = await shop.Program.Service("payments");
        Assert.Equal("healthy", payments.GetProperty("replicas")[0].GetProperty("state").GetString());
        var pid = payments.GetProperty("replicas")[0].GetProperty("pid").GetInt32();
        Assert.Contains(payments.GetProperty("build").GetProperty("lines").EnumerateArray(), l => l.GetString()!.StartsWith("Broken.cs(1,", StringComparison.Ordinal));
        File.Delete(file);
        await shop.Program.Until(async () => (await shop.Program.Service("payments")).GetProperty("build").GetProperty("state").GetString() == "succeeded", Enough, "it builds again");
        await shop.Program.Until(() => shop.Program.Said.Contains("payments unchanged", StringComparison.Ordinal), Enough, "the same program");
        Assert.Equal(pid, (await shop.Program.Service("payments")).GetProperty("replicas")[0].GetProperty("pid").GetInt32());
    }

    [Fact]
    public async Task A_project_that_a_service_references_since_it_runs_is_watched_too()
    {
        var cancel = TestContext.Current.CancellationToken;
        var source = Path.Combine(shop.Folder, "src");
        var word = Path.Combine(source, "Extra", "Word.cs");
        Directory.CreateDirectory(Path.GetDirectoryName(word)!);
        await File.WriteAllTextAsync(Path.Combine(source, "Extra", "Extra.csproj"), "<Project Sdk=\"Microsoft.NET.Sdk\" />", cancel);
        await File.WriteAllTextAsync(word, "namespace Shop.Extra; public static class Word { public const string Text = \"one\"; }", cancel);
        await EditAsync("Inventory.csproj", "</ItemGroup>", "<ProjectReference Include=\"../Extra/Extra.csproj\" /></ItemGroup>");
        await EditAsync("Program.cs", "app.MapConway();", "app.MapConway();\napp.MapGet(\"/api/stock/extra/word\", () => Shop.Extra.Word.Text);");
        await shop.Program.Until(() => Answers(shop.Program.Gateway, "/api/stock/extra/word", "one"), Enough, "the new reference");
        await File.WriteAllTextAsync(word, "namespace Shop.Extra; public static class Word { public const string Text = \"two\"; }", cancel);
        await shop.Program.Until(() => Answers(shop.Program.Gateway, "/api/stock/extra/word", "two"), Enough, "the change of what is referenced");

        async Task EditAsync(string file, string from, string to)
        {
            var path = Path.Combine(source, "Inventory", file);
            var text = await File.ReadAllTextAsync(path, cancel);
            Assert.Contains(from, text, StringComparison.Ordinal);
            await File.WriteAllTextAsync(path, text.Replace(from, to, StringComparison.Ordinal), cancel);
        }
    }

    /// <summary>Numbers (times, ports, processes) differ from run to run; no other letter may.</summary>
    [Fact]
    public async Task The_readme_shows_what_check_and_run_say()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Product.Root, "README.md"), TestContext.Current.CancellationToken);
        var shown = readme.Split("$ ./conway check samples/shop\n")[1].Split("```")[0].Split("$ ./conway run samples/shop\n");
        var check = await Product.RunAsync("check", shop.Folder);
        AssertSaid(shown[0], check);
        await shop.Program.Until(() => Task.FromResult(shop.Program.Said.Contains("Ctrl-C stops everything.", StringComparison.Ordinal)), Enough, "its last line");
        AssertSaid(shown[1], shop.Program.Said);

        static void AssertSaid(string shown, string said)
        {
            var lines = said.Split('\n').Select(Numberless).ToList();
            var at = 0;
            foreach (var line in shown.Split('\n').Where(l => l.Length > 0 && l != "...").Select(Numberless))
            {
                at = lines.IndexOf(line, at) + 1;
                Assert.True(at > 0, $"README.md shows a line that is not said, or not there: '{line}'. What was said:\n{said}");
            }
        }

        static string Numberless(string line) => Digits().Replace(line.TrimEnd(), "0");
    }

    private static async Task<bool> Answers(Uri gateway, string path, string text)
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(gateway, path), TestContext.Current.CancellationToken);
        return response.StatusCode == HttpStatusCode.OK && await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken) == text;
    }

    /// <summary>A number with its unit of time, if it has one: a slow machine needs minutes.</summary>
    [GeneratedRegex("[0-9]+([.][0-9]+)?( (ms|s|min))?( [0-9]+ s)?")]
    private static partial Regex Digits();
}
