using System.Globalization;
using System.Text.Json;
using Conway.Supervision;

namespace Conway.Run;

/// <summary>The sample with known differences between what its model says and what its services do: run, used, and compared.</summary>
public sealed class ConformanceTests
{
    private const int BuysMin = 60;

    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(5);

    /// <summary>Two ask the registry where the other is, one asks the gateway as if it stood outside.</summary>
    private static readonly string[] Undeclared = ["CW7101 services.inventory.calls.catalog", "CW7101 services.payments.calls.catalog", "CW7101 services.shipping.calls.inventory"];

    private static readonly string[] Dead = ["CW7102 services.payments.calls.shipping", "CW7102 services.storefront.calls.catalog", "CW7102 services.storefront.calls.inventory"];

    [Fact]
    public async Task Seeded_differences_are_found_exactly_while_the_sample_runs_and_after_it_also_with_three_tenths_of_the_spans_lost()
    {
        using var files = new ShopFiles();
        var gateway = Path.Combine(files.Folder, "gateway.txt");
        await SeedAsync(files.Folder, gateway);
        var declared = await FoundAsync(files.Folder);
        string run;
        await using (var program = RunningProgram.Start(files.Folder, "--no-watch", "--timeout", "5m"))
        {
            await program.UntilAllHealthy(TimeSpan.FromMinutes(6));
            run = program.Node.Run;
            await File.WriteAllTextAsync(gateway, program.Gateway.ToString(), TestContext.Current.CancellationToken);
            await UseAsync(program);

            // Spans arrive a moment after what they tell of.
            var wanted = Undeclared.Concat(Dead).ToArray();
            Found seen = null!;
            await program.Until(async () => (seen = await FoundAsync(files.Folder, "--observed")).Beyond(declared).SequenceEqual(wanted), Enough, "exactly what was seeded");
            Assert.Equal(run, seen.Run);
            await AssertPageSaysTheSameAsync(program, files.Folder);

            program.Signal(UnixProcesses.SigInt);
            Assert.Equal(130, await program.Ended(TimeSpan.FromMinutes(2)));
        }

        var whole = await FoundAsync(files.Folder, "--observed");
        Assert.Equal(run, whole.Run);
        Assert.Equal(Undeclared.Concat(Dead), whole.Beyond(declared));
        Assert.True(whole.Coverage > 0.98, $"{whole.Coverage}");
        Assert.DoesNotContain(whole.Messages, m => m.Contains("it may have", StringComparison.Ordinal));

        // The same with a share of the spans gone: the same is found, it is said how little was seen, and of no call that it was surely not made.
        await LossyRun.WriteAsync(Path.Combine(files.Folder, ".conway", "telemetry"), run, "r-lossy", share: 0.3, seed: 8123);
        var lossy = await FoundAsync(files.Folder, "--run", "r-lossy");
        Assert.Equal([.. Undeclared, .. Dead, "CW7105 services"], lossy.Beyond(declared));
        Assert.InRange(lossy.SpanLoss, 0.25, 0.35);
        Assert.InRange(lossy.Coverage, 0.6, 0.79);
        Assert.All(lossy.Messages.Where(m => m.Contains("did not call", StringComparison.Ordinal)), m => Assert.EndsWith("have a known caller, so it may have.", m, StringComparison.Ordinal));
    }

    /// <summary>What the page of the architecture shows is what <c>conway check</c> tells: drift and borders by all there is, boundaries by what does not change meanwhile.</summary>
    private static async Task AssertPageSaysTheSameAsync(RunningProgram program, string folder)
    {
        var page = await program.Api<JsonElement>("architecture?look=traces,code,manifests");
        using var check = JsonDocument.Parse(await Product.RunAsync("check", folder, "--observed", "--with", "code,manifests", "-o", "json"));
        JsonElement[] parts = [page, .. Items(page, "drift"), .. Items(page, "dependencies")];
        var shown = parts.SelectMany(one => Items(one, "findings").Concat(Items(one, "mapFindings")).Concat(Items(one, "driftFindings")));
        var told = Items(check.RootElement, "findings").Where(f => Code(f).StartsWith("CW71", StringComparison.Ordinal) || Code(f).StartsWith("CW33", StringComparison.Ordinal));
        Assert.Equal(Names(told), Names(shown));
        Assert.Equal(Undeclared.Length + Dead.Length, Names(shown).Count(n => n.StartsWith("CW7101", StringComparison.Ordinal) || n.StartsWith("CW7102", StringComparison.Ordinal)));

        var still = await program.Api<JsonElement>("architecture?look=code,manifests");
        using var unseen = JsonDocument.Parse(await Product.RunAsync("check", folder, "--with", "code,manifests", "-o", "json"));
        Assert.Equal(Scores(unseen.RootElement), Scores(still));
        Assert.NotEmpty(Scores(still));

        static IEnumerable<JsonElement> Items(JsonElement of, string name) => of.TryGetProperty(name, out var items) ? items.EnumerateArray() : [];

        static string Code(JsonElement finding) => finding.GetProperty("code").GetString()!;

        static IEnumerable<string> Names(IEnumerable<JsonElement> findings) => findings.Select(f => $"{Code(f)} {f.GetProperty("modelPath").GetString()}").Distinct().Order(StringComparer.Ordinal);

        static IEnumerable<string> Scores(JsonElement of) =>
            Items(of, "boundaries").Select(b => $"{b.GetProperty("service").GetString()} {(b.TryGetProperty("score", out var score) && score.ValueKind == JsonValueKind.Number ? score.GetDouble().ToString("0.0000", CultureInfo.InvariantCulture) : "")}").Order(StringComparer.Ordinal);
    }

    /// <summary>Customers, by the sample's own journeys, until sixty parcels were sent; and somebody looks at the page.</summary>
    private static async Task UseAsync(RunningProgram program)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await program.Until(
            async () =>
            {
                // On a machine that is busy the first ones may be cut off.
                try
                {
                    using var page = await client.GetAsync(program.Gateway, TestContext.Current.CancellationToken);
                    return page.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            Enough, "the page");
        await program.Command("journeys/buy/start");
        await program.Command("journeys/browse/start");
        await program.Until(
            async () => (await program.Api<JsonElement>("journeys")).GetProperty("journeys").EnumerateArray().Single(j => j.GetProperty("name").GetString() == "buy").GetProperty("succeeded").GetInt32() >= BuysMin,
            Enough, $"{BuysMin} parcels");
        await program.Command("journeys/buy/stop");
        await program.Command("journeys/browse/stop");
    }

    private static async Task SeedAsync(string folder, string gateway)
    {
        await WriteAsync("src/Inventory/Seeded.cs", Asking("Shop.Inventory", $"File.Exists(\"{gateway}\") ? File.ReadAllText(\"{gateway}\") + \"api/products?limit=1\" : null"));
        await EditAsync("src/Inventory/Program.cs", "app.MapConway();", "app.AlsoAsks();\napp.MapConway();");
        await WriteAsync("src/Payments/Seeded.cs", Asking("Shop.Payments", """
            await Place(Client, "catalog") is { } place ? place + "/api/products?limit=1" : null
            """));
        await EditAsync("src/Payments/Program.cs", "app.MapConway();", "app.AlsoAsks();\napp.MapConway();");
        await EditAsync("src/shipping/server.js", "  const body = await readJson(request);", """
              const body = await readJson(request);
              const [{ Service: place }] = JSON.parse(await text(`http://${process.env.CONSUL_HTTP_ADDR}/v1/health/service/inventory`));
              await text(`http://${place.Address}:${place.Port}/api/stock/p-0001`);
            """);
        await EditAsync("src/shipping/server.js", "const store = openStore();", """
            const store = openStore();
            const text = (url) => new Promise((done, failed) => http.get(url, (answer) => {
              let read = "";
              answer.on("data", (some) => (read += some)).on("end", () => done(read));
            }).on("error", failed));
            """);
        await EditAsync("services/assortment.yaml", "    api: { budget: 1s }\n", "    api: { budget: 1s }\n    calls: { catalog: { timeout: 200ms }, inventory: { timeout: 200ms } }\n");
        await EditAsync("services/checkout.yaml", "    api: { budget: 2s }\n", "    api: { budget: 2s }\n    calls: { shipping: { timeout: 200ms } }\n");
        await EditAsync("conway.yaml", "rate: 0.5/s", "rate: 3/s");

        Task WriteAsync(string file, string text) => File.WriteAllTextAsync(Path.Combine(folder, file), text, TestContext.Current.CancellationToken);

        async Task EditAsync(string file, string from, string to)
        {
            var text = await File.ReadAllTextAsync(Path.Combine(folder, file), TestContext.Current.CancellationToken);
            Assert.Equal(2, text.Split(from).Length);
            await WriteAsync(file, text.Replace(from, to, StringComparison.Ordinal));
        }
    }

    /// <summary>A middleware that asks at an address for each request beside those for its health.</summary>
    private static string Asking(string space, string address) => $$"""
        using System.Text.Json;

        namespace {{space}};

        internal static class Seeded
        {
            private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false });

            public static void AlsoAsks(this WebApplication app) => app.Use(async (http, next) =>
            {
                if (!http.Request.Path.StartsWithSegments("/health") && ({{address}}) is string at)
                    await Client.GetStringAsync(new Uri(at));
                await next(http);
            });

            internal static async Task<string?> Place(HttpClient client, string service)
            {
                using var found = JsonDocument.Parse(await client.GetStringAsync(new Uri($"http://{Environment.GetEnvironmentVariable("CONSUL_HTTP_ADDR")}/v1/health/service/{service}")));
                return found.RootElement.EnumerateArray().Select(e => e.GetProperty("Service")).Select(s => $"http://{s.GetProperty("Address")}:{s.GetProperty("Port")}").FirstOrDefault();
            }
        }
        """;

    private static async Task<Found> FoundAsync(string folder, params string[] more)
    {
        var said = await Product.RunAsync(["check", folder, "-o", "json", .. more]);
        try
        {
            return new Found(JsonDocument.Parse(said).RootElement);
        }
        catch (JsonException)
        {
            throw new InvalidOperationException($"check did not answer in JSON: {said}");
        }
    }

    /// <summary>What <c>check -o json</c> said.</summary>
    private sealed record Found(JsonElement Root)
    {
        public string Run => Root.GetProperty("traffic").GetProperty("run").GetString()!;

        public double Coverage => Root.GetProperty("traffic").GetProperty("coverage").GetDouble();

        public double SpanLoss => Root.GetProperty("traffic").GetProperty("spanLoss").GetDouble();

        public IEnumerable<string> Messages => Root.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("message").GetString()!);

        /// <summary>What the other does not have: the code, and the edit or else the place in the model.</summary>
        public IEnumerable<string> Beyond(Found other) => Keys.Except(other.Keys).Order(StringComparer.Ordinal);

        private IEnumerable<string> Keys => Root.GetProperty("findings").EnumerateArray().Select(f =>
            $"{f.GetProperty("code").GetString()} {(f.TryGetProperty("patch", out var patch) ? patch.GetProperty("path") : f.GetProperty("modelPath")).GetString()}");
    }
}
