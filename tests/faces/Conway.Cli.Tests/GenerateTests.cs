using System.Text.Json;

namespace Conway.Cli.Tests;

public sealed class GenerateTests
{
    private static readonly string Model = Models.Clean + "\ndeploy: { registry: ghcr.io/acme, version: 1.4.2, edge: { class: envoy, host: shop.example.com, namespace: edge } }\n";

    [Fact]
    public async Task What_is_generated_is_up_to_date_until_the_model_changes()
    {
        using var folder = new SystemFolder(Model);
        Assert.Equal(new Ended(0, "", "deploy/containers/catalog/Dockerfile: is not there yet"), (await Shell.ConwayAsync(folder.Path, "generate", "containers", "--check")) is var missing ? new Ended(missing.Code - 8, missing.Output, missing.Error.Split('\n')[0]) : missing);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "deploy")), "A check writes nothing.");
        Assert.Equal(new Ended(0, "", "deploy: 5 files written, 0 removed, 0 as they were.\n"), await Shell.ConwayAsync(folder.Path, "generate", "containers"));

        // Another process, which has other hashes, writes the same bytes.
        Assert.Equal(new Ended(0, "", ""), await Shell.ProcessAsync(folder.Path, "generate", "containers", "--check"));
        Assert.Equal(new Ended(0, "", ""), await Shell.ConwayAsync(folder.Path, "generate", "containers", "--check"));
        Assert.Equal(new Ended(0, "", "deploy: 0 files written, 0 removed, 5 as they were.\n"), await Shell.ConwayAsync(folder.Path, "generate", "containers"));

        folder.Write("conway.yaml", Model.Replace("version: 1.4.2", "version: 1.4.3", StringComparison.Ordinal));
        var stale = await Shell.ConwayAsync(folder.Path, "generate", "containers", "--check");
        Assert.Equal(new Ended(8, "", "deploy/containers/compose.yaml: is older than the model\nconway: 1 of 5 files is not as the model says. The same line with --diff shows how, and without --check writes it.\n"), stale);
        var diff = await Shell.ConwayAsync(folder.Path, "generate", "containers", "--diff");
        Assert.Equal((0, "1 of 5 files would change.\n"), (diff.Code, diff.Error));
        Assert.Contains("-    image: ghcr.io/acme/shop/orders:1.4.2\n+    image: ghcr.io/acme/shop/orders:1.4.3\n", diff.Output, StringComparison.Ordinal);
        var list = await Shell.ConwayAsync(folder.Path, "generate", "containers", "--dry-run");
        Assert.Contains("deploy/containers/compose.yaml  is older than the model", list.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_says_what_generate_would_refuse_and_writes_nothing()
    {
        using var folder = new SystemFolder(Model);
        var whole = await Shell.ConwayAsync(folder.Path, "plan");
        Assert.Equal((0, "nothing is missing: 'conway generate all' writes it.\n"), (whole.Code, whole.Error));
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "deploy")));
        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "generate", "all", "--dry-run")).Code);

        folder.Write("conway.yaml", Model.Replace("version: 1.4.2, edge: { class: envoy, ", "edge: { ", StringComparison.Ordinal));
        var missing = await Shell.ConwayAsync(folder.Path, "plan", "-o", "json");
        using var said = JsonDocument.Parse(missing.Output);
        var errors = said.RootElement.GetProperty("findings").EnumerateArray().Where(finding => finding.GetProperty("severity").GetString() == "error").Select(finding => finding.GetProperty("code").GetString());
        Assert.Equal((1, ""), (missing.Code, missing.Error));
        Assert.Equal(["CW1911", "CW1911"], errors);
        Assert.Equal(JsonValueKind.Null, said.RootElement.GetProperty("parts").EnumerateArray().Single(part => part.GetProperty("part").GetString() == "gateway").GetProperty("there").ValueKind);
        Assert.Equal(1, (await Shell.ConwayAsync(folder.Path, "generate", "all", "--dry-run")).Code);

        folder.Write("conway.yaml", "conway: 1\nsystem: shop\nservices: [");
        Assert.Equal(3, (await Shell.ConwayAsync(folder.Path, "plan")).Code);
        Assert.Equal(2, (await Shell.ConwayAsync(folder.Path, "plan", "nowhere")).Code);
    }

    [Fact]
    public async Task What_was_edited_by_hand_is_told_and_never_lost()
    {
        using var folder = new SystemFolder(Model);
        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "generate", "all")).Code);
        var file = Path.Combine(folder.Path, "deploy", "containers", "orders", "Dockerfile");
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        // In a region: it stays, and nothing is to be told.
        await File.WriteAllTextAsync(file, text.Replace("keep begin final\n", "keep begin final\nENV MINE=1\n", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal(new Ended(0, "", ""), await Shell.ConwayAsync(folder.Path, "generate", "containers", "--check"));
        folder.Write("conway.yaml", Model.Replace("command: node orders.js", "command: node other.js", StringComparison.Ordinal));
        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "generate", "containers")).Code);
        text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Contains("# conway:keep begin final\nENV MINE=1\n# conway:keep end\n", text, StringComparison.Ordinal);
        Assert.Contains("\"other.js\"", text, StringComparison.Ordinal);

        // One byte outside of all regions.
        await File.WriteAllTextAsync(file, text.Replace("USER 10001:10001", "USER 10001:10002", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal((8, "deploy/containers/orders/Dockerfile: was edited outside of its regions"), await Shell.ConwayAsync(folder.Path, "generate", "containers", "--check") is var red ? (red.Code, red.Error.Split('\n')[0]) : default);
        var refused = await Shell.ConwayAsync(folder.Path, "generate", "containers");
        Assert.Equal(new Ended(9, "", "deploy/containers/orders/Dockerfile: was edited outside of its regions\nconway: nothing was written. Move what you wrote into a region of the file ('conway:keep'), or give it up with --force.\n"), refused);
        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "generate", "containers", "--force")).Code);
        Assert.Equal(text, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_was_not_generated_is_never_written_over()
    {
        using var folder = new SystemFolder(Model);
        folder.Write("deploy/containers/compose.yaml", "services: {}\n");
        var refused = await Shell.ConwayAsync(folder.Path, "generate", "containers", "--force");
        Assert.Equal(new Ended(9, "", "deploy/containers/compose.yaml: is there already and was not generated by conway\nconway: nothing was written. Give another place with --out.\n"), refused);
        Assert.Equal(["compose.yaml"], Directory.EnumerateFiles(Path.Combine(folder.Path, "deploy"), "*", SearchOption.AllDirectories).Select(Path.GetFileName));
    }

    [Fact]
    public async Task What_is_no_longer_needed_goes_unless_somebody_wrote_into_it()
    {
        using var folder = new SystemFolder(Model);
        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "generate", "containers")).Code);
        var file = Path.Combine(folder.Path, "deploy", "containers", "catalog", "Dockerfile");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Replace("keep begin build\n", "keep begin build\nRUN mine\n", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        folder.Write("deploy/containers/catalog/notes.txt", "mine");
        folder.Write("conway.yaml", Model.Replace("command: node catalog.js", "command: node catalog.js\n    image: ghcr.io/acme/catalog:7", StringComparison.Ordinal).Replace("command: node orders.js", "command: node orders.js\n    image: ghcr.io/acme/orders:7", StringComparison.Ordinal));
        Assert.Equal(
            new Ended(0, "", "deploy/containers/catalog/Dockerfile: is no longer needed, but has something in it that was written by hand; it stays\ndeploy: 1 file written, 3 removed, 0 as they were.\n"),
            await Shell.ConwayAsync(folder.Path, "generate", "containers"));
        Assert.Equal(["Dockerfile", "compose.yaml", "notes.txt"], Directory.EnumerateFiles(Path.Combine(folder.Path, "deploy"), "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "deploy", "containers", "orders")));
    }

    [Fact]
    public async Task Why_answers_for_every_line_and_says_what_is_not_generated()
    {
        using var folder = new SystemFolder(Model);
        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "generate", "all", "helm", "kustomize")).Code);
        await EveryLineIsAnsweredAsync(folder);
        var compose = Path.Combine(folder.Path, "deploy", "containers", "compose.yaml");
        var text = await File.ReadAllLinesAsync(compose, TestContext.Current.CancellationToken);
        var at = Array.FindIndex(text, line => line.Contains("CATALOG_URL", StringComparison.Ordinal)) + 1;
        Assert.Equal(
            new Ended(0, $"deploy/containers/compose.yaml:{at}\n  CATALOG_URL: http://catalog:8080\n  from  services.orders.calls.catalog (conway.yaml:9:14)\n  rule  service/environment: Each service finds the same variables here as on a developer's machine.\n", ""),
            await Shell.ConwayAsync(folder.Path, "why", $"deploy/containers/compose.yaml:{at}"));

        // A line more above, and what is generated is still known; the line itself is not.
        await File.WriteAllLinesAsync(compose, text.Take(3).Append("x-mine: 1").Concat(text.Skip(3)), TestContext.Current.CancellationToken);
        var mine = await Shell.ConwayAsync(folder.Path, "why", "deploy/containers/compose.yaml:4");
        Assert.Equal(new Ended(8, "deploy/containers/compose.yaml:4\n  x-mine: 1\n  not generated: written by hand, or from an older model\n", "note: 'deploy/containers/compose.yaml' was edited outside of its regions.\n"), mine);
        Assert.Contains("from  services.orders.calls.catalog", (await Shell.ConwayAsync(folder.Path, "why", $"deploy/containers/compose.yaml:{at + 1}")).Output, StringComparison.Ordinal);

        // Several places are answered in their order; what is not generated shows in the exit code, whichever it is.
        var several = await Shell.ConwayAsync(folder.Path, "why", "deploy/containers/compose.yaml:4", "deploy/containers/orders/Dockerfile", "deploy/containers/compose.yaml:1");
        Assert.Equal(8, several.Code);
        Assert.Matches("^deploy/containers/compose\\.yaml:4\n(.*\n)+\ndeploy/containers/orders/Dockerfile\nLINE +FROM +RULE +TEXT\n(.*\n)+\ndeploy/containers/compose\\.yaml:1\n  # conway:generated ", several.Output);

        // A pipe, which holds nothing and never ends, is not waited for.
        Assert.Equal(0, (await Shell.RunAsync(folder.Path, null, ["mkfifo", "deploy/containers/pipe"])).Code);
        Assert.Equal((2, 8, 8), ((await Shell.ConwayAsync(folder.Path, "why", "deploy/containers/pipe")).Code, (await Shell.ConwayAsync(folder.Path, "why", "deploy")).Code, (await Shell.ConwayAsync(folder.Path, "generate", "containers", "--check")).Code));
    }

    [Fact]
    public async Task Why_answers_for_every_line_of_what_watches_a_system()
    {
        using var folder = new SystemFolder("""
            conway: 1
            system: shop
            teams: { checkout: { contact: ada@example.com } }
            deploy:
              telemetry: http://collector.shop-telemetry:4318
              collector: { run: own, traces: "http://tempo.observability:4318", logs: "https://logs.example.com/otlp", image: "ghcr.io/acme/collector:1.0.0" }
              logs: { to: loki, address: "http://loki.observability:3100", secret: writer, image: "ghcr.io/acme/fluent-bit:4.2.2" }
              prometheus: monitoring
              runbooks: "https://wiki.example.com/{service}#{alert}"
              mail: { smarthost: "smtp.example.com:587", from: alerts@example.com, user: alerts }
              reach: { collector-logs: "10.30.0.0/16:443", kubernetes: "10.0.0.10/32:6443" }
            services:
              orders: { team: checkout, description: Takes orders., command: node orders.js, slo: { availability: 99.9%, latency: { p99: 500ms } }, load: 300/s, calls: { catalog: 1s } }
              catalog: { command: node catalog.js }
            """);
        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "generate", "observability")).Code);
        Assert.Equal(
            ["0-dashboard-objective.yaml", "0-dashboard-service.yaml", "0-dashboard-system.yaml", "1-collector.yaml", "1-logs.yaml", "2-collector-monitor.yaml", "2-logs-monitor.yaml", "orders-rules.yaml"],
            Directory.EnumerateFiles(Path.Combine(folder.Path, "deploy", "observability", "kubernetes")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        await EveryLineIsAnsweredAsync(folder);

        // A line of a configuration inside of a ConfigMap has a reason of its own.
        var file = Path.Combine("deploy", "observability", "kubernetes", "1-collector.yaml");
        var at = Array.FindIndex(await File.ReadAllLinesAsync(Path.Combine(folder.Path, file), TestContext.Current.CancellationToken), line => line.Contains("SPAN_KIND_SERVER", StringComparison.Ordinal)) + 1;
        Assert.Contains("\n  from  services.orders.slo.latency.p99 (conway.yaml:13:", (await Shell.ConwayAsync(folder.Path, "why", $"{file}:{at}")).Output, StringComparison.Ordinal);

        // And a region in it stays.
        var text = await File.ReadAllTextAsync(Path.Combine(folder.Path, file), TestContext.Current.CancellationToken);
        folder.Write(file, text.Replace("keep begin exporters\n", "keep begin exporters\n      debug: {}\n", StringComparison.Ordinal));
        Assert.Equal(new Ended(0, "", ""), await Shell.ConwayAsync(folder.Path, "generate", "observability", "--check"));
    }

    [Theory, InlineData("istio"), InlineData("consul"), InlineData("linkerd")]
    public async Task Why_answers_for_every_line_of_a_mesh_and_its_files_go_when_the_system_leaves_it(string mesh)
    {
        const string Istio = """
            conway: 1
            system: shop
            mesh: istio
            policies: { mtls: strict }
            deploy:
              registry: ghcr.io/acme
              version: 1.4.2
              edge: { kind: istio, class: ingressgateway, host: shop.example.com, namespace: istio-ingress }
              tokens: { issuer: "https://id.example.com", keys: "https://id.example.com/keys" }
            services:
              orders: { command: node a.js, uses: [bank], calls: { catalog: { timeout: 300ms, retries: 1, only: ["GET /products/**"] } } }
              catalog: { command: node a.js }
              catalog-next: { command: node a.js }
            externals: { bank: { address: "https://api.bank.example", in: ["198.18.0.0/15:443"] } }
            gateway: { routes: [{ path: "/api/orders/**", to: orders, rewrite: /orders, auth: { scopes: [orders] } }, { path: "/**", to: catalog, split: { catalog-next: 10% } }] }
            """;
        var meshed = mesh == "istio" ? Istio : Istio.Replace("mesh: istio", $"mesh: {mesh}", StringComparison.Ordinal).Replace("kind: istio, class: ingressgateway", $"class: {mesh}", StringComparison.Ordinal);
        using var folder = new SystemFolder(meshed);
        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "generate", "all")).Code);
        Assert.Equal(
            [.. mesh switch { "istio" => new[] { "0-namespace.yaml", "1-edge.yaml" }, "consul" => ["0-mesh.yaml"], _ => ["0-namespace.yaml"] }, "catalog-next.yaml", "catalog.yaml", "not-said.txt", "orders.yaml"],
            Directory.EnumerateFiles(Path.Combine(folder.Path, "deploy", mesh)).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        await EveryLineIsAnsweredAsync(folder);
        Assert.Contains("rule  mesh/not-said: ", (await Shell.ConwayAsync(folder.Path, "why", $"deploy/{mesh}/not-said.txt:2")).Output, StringComparison.Ordinal);

        folder.Write("conway.yaml", meshed.Replace($"mesh: {mesh}\n", "", StringComparison.Ordinal).Replace("kind: istio, ", "", StringComparison.Ordinal));
        Assert.Equal(1, (await Shell.ConwayAsync(folder.Path, "generate", mesh)).Code);
        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "generate", "all")).Code);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "deploy", mesh)));
    }

    [Fact]
    public async Task The_example_of_the_page_of_a_project_that_cannot_be_told_is_told_and_the_mended_one_is_not()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Root, "docs", "reference", "findings", "CW1912.md"), TestContext.Current.CancellationToken);
        var projects = page.Split("```xml\n").Skip(1).Select(part => part.Split("```")[0]).ToArray();
        Assert.Equal(2, projects.Length);
        async Task<string[]> ToldAsync(string project)
        {
            using var folder = new SystemFolder("conway: 1\nsystem: shop\ndeploy: { registry: ghcr.io/acme, version: 1.4.2 }\nservices: { orders: { project: Orders } }\n");
            folder.Write("Orders/Orders.csproj", project);
            using var json = JsonDocument.Parse((await Shell.ConwayAsync(folder.Path, "generate", "containers", "--dry-run", "-o", "json")).Output);
            return [.. json.RootElement.GetProperty("findings").EnumerateArray().Select(finding => $"{finding.GetProperty("code").GetString()} {finding.GetProperty("title").GetString()}")];
        }

        var (before, after) = (await ToldAsync(projects[0]), await ToldAsync(projects[1]));
        Assert.Equal(["CW1912 Project whose build cannot be told"], before);
        Assert.Equal([], after);
    }

    [Fact]
    public async Task A_workflow_lies_at_the_root_of_the_repository_beside_those_of_other_environments()
    {
        string With(string by) => Model + $"\nenvironments:\n  staging: {{ deploy: {{ pipeline: {{ by: {by}, test: ./test }} }} }}\n  production: {{ deploy: {{ pipeline: {{ by: github, test: ./test }} }} }}\n";
        using var folder = new SystemFolder(With("github"));
        string Workflow(string environment) => Path.Combine(folder.Path, ".github", "workflows", $"shop-{environment}.yml");
        foreach (var environment in new[] { "staging", "production" })
        {
            Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "generate", "all", "-e", environment)).Code);
            Assert.Equal((0, ""), await Shell.ConwayAsync(folder.Path, "generate", "all", "-e", environment, "--check") is var check ? (check.Code, check.Output) : default);
            Assert.Contains($"SCRIPT: deploy/{environment}/pipeline/release.sh\n", await File.ReadAllTextAsync(Workflow(environment), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        Assert.True(File.Exists(Path.Combine(folder.Path, "deploy", "production", "pipeline", "release.sh")));
        var why = await Shell.ConwayAsync(folder.Path, "why", ".github", "deploy/production/pipeline");
        Assert.Equal(0, why.Code);
        Assert.Contains("rule  pipeline/", (await Shell.ConwayAsync(folder.Path, "why", ".github/workflows/shop-production.yml:2")).Output, StringComparison.Ordinal);

        // What another hand wrote beside them is left alone; what this environment has no longer goes, and nothing of another one.
        folder.Write(".github/workflows/own.yml", "on: push\n");
        folder.Write("conway.yaml", With("gitlab"));
        Assert.Equal(8, (await Shell.ConwayAsync(folder.Path, "generate", "all", "-e", "staging", "--check")).Code);
        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "generate", "all", "-e", "staging")).Code);
        Assert.Equal(["own.yml", "shop-production.yml"], Directory.EnumerateFiles(Path.Combine(folder.Path, ".github", "workflows")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        // Where the folder is not the one that the model names, all lies together.
        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "generate", "pipeline", "-e", "production", "--out", "elsewhere")).Code);
        Assert.True(File.Exists(Path.Combine(folder.Path, "elsewhere", ".github", "workflows", "shop-production.yml")));
    }

    [Fact]
    public async Task Another_form_of_the_same_objects_is_written_when_it_is_asked_for_by_name()
    {
        using var folder = new SystemFolder(Model);
        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "generate", "all")).Code);
        Assert.Equal(["catalogue", "containers", "kubernetes", "observability"], Directory.EnumerateDirectories(Path.Combine(folder.Path, "deploy")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "generate", "helm")).Code);
        Assert.Equal((0, ""), await Shell.ConwayAsync(folder.Path, "generate", "all", "helm", "--check") is var check ? (check.Code, check.Output) : default);

        // JSON has no comments: the head is a key of it, and an edit is seen as in any other file.
        var schema = Path.Combine(folder.Path, "deploy", "helm", "shop", "values.schema.json");
        var text = await File.ReadAllTextAsync(schema, TestContext.Current.CancellationToken);
        Assert.StartsWith("{ \"$comment\": \"conway:generated helm/shop/values.schema.json seal=", text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(schema, text.Replace("\"maximum\": 1000", "\"maximum\": 9999", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal((9, "deploy/helm/shop/values.schema.json: was edited outside of its regions"), await Shell.ConwayAsync(folder.Path, "generate", "helm") is var refused ? (refused.Code, refused.Error.Split('\n')[0]) : default);
        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "generate", "helm", "--force")).Code);

        // What stands in a region of a template stays.
        var workload = Path.Combine(folder.Path, "deploy", "helm", "shop", "templates", "orders", "deployment.yaml");
        text = await File.ReadAllTextAsync(workload, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(workload, text.Replace("keep begin env\n", "keep begin env\n            - { name: MINE, value: \"1\" }\n", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        folder.Write("conway.yaml", Model.Replace("version: 1.4.2", "version: 1.4.3", StringComparison.Ordinal));
        var diff = await Shell.ConwayAsync(folder.Path, "generate", "helm", "--diff");
        Assert.Contains("-  version: \"1.4.2\"\n+  version: \"1.4.3\"\n", diff.Output, StringComparison.Ordinal);
        Assert.Equal((0, "2 of "), (diff.Code, diff.Error[..5]));
        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "generate", "helm")).Code);
        Assert.Contains("MINE", await File.ReadAllTextAsync(workload, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_is_missing_is_told_and_nothing_is_written()
    {
        using var folder = new SystemFolder(Models.Clean);
        var refused = await Shell.ConwayAsync(folder.Path, "generate", "all");
        Assert.Equal(1, refused.Code);
        Assert.Contains("CW1911", refused.Error, StringComparison.Ordinal);
        Assert.Contains("deploy: { registry: ghcr.io/acme }", refused.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "deploy")));
        using var json = JsonDocument.Parse((await Shell.ConwayAsync(folder.Path, "generate", "all", "-o", "json")).Output);
        Assert.Equal(["CW1911", "CW1911"], json.RootElement.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("code").GetString()).Take(2));
    }

    [Theory]
    [InlineData("generate contaners", 2, "there is no target 'contaners'. Did you mean 'containers'?")]
    [InlineData("generate containers --check --diff", 2, "--diff and --check say different things; give one.")]
    [InlineData("generate containers --check --force", 2, "--force is about writing, and --check writes nothing.")]
    [InlineData("generate containers -e nowhere", 3, "There is no environment 'nowhere'.")]
    [InlineData("generate containers --out conway.yaml", 4, "could not be read or written")]
    [InlineData("why nothing:3", 2, "there is no file 'nothing'.")]
    [InlineData("why conway.yaml", 2, "'conway.yaml' was not generated by conway")]
    [InlineData("why .", 2, "in '.' lies no file that conway generated.")]
    public async Task What_cannot_be_done_is_answered_with_a_sentence(string line, int code, string sentence)
    {
        using var folder = new SystemFolder(Model);
        var ended = await Shell.ConwayAsync(folder.Path, line.Split(' '));
        Assert.Equal((code, ""), (ended.Code, ended.Output));
        Assert.Contains(sentence, ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sample_is_built_from_its_projects()
    {
        using var folder = new SystemFolder();
        var into = Path.Combine(folder.Path, "out");
        var shop = Path.Combine(RepositoryFolder.Root, "samples", "shop");
        var written = await Shell.ConwayAsync(shop, "generate", "containers", "-e", "production", "--out", into);
        Assert.Equal(0, written.Code);
        var orders = await File.ReadAllTextAsync(Path.Combine(into, "containers", "orders", "Dockerfile"), TestContext.Current.CancellationToken);
        Assert.Contains("COPY [\"samples/shop/src/Orders/Orders.csproj\", \"./samples/shop/src/Orders/Orders.csproj\"]\n", orders, StringComparison.Ordinal);
        Assert.Contains("COPY [\"src/services/Conway.Service/Conway.Service.csproj\", \"./src/services/Conway.Service/Conway.Service.csproj\"]\n", orders, StringComparison.Ordinal);
        Assert.Contains("ENTRYPOINT [\"dotnet\", \"Shop.Orders.dll\"]\n", orders, StringComparison.Ordinal);
        Assert.Contains("aspnet:10.0-noble-chiseled\n", orders, StringComparison.Ordinal);
        Assert.Equal(0, (await Shell.ConwayAsync(shop, "generate", "containers", "-e", "production", "--out", into, "--check")).Code);
    }

    [Fact]
    public async Task What_the_ignore_file_lets_in_is_enough_to_build_the_sample_with_the_commands_of_its_image()
    {
        using var folder = new SystemFolder();
        var (into, context, program) = (Path.Combine(folder.Path, "out"), Path.Combine(folder.Path, "context"), Path.Combine(folder.Path, "program"));
        await Shell.ConwayAsync(Path.Combine(RepositoryFolder.Root, "samples", "shop"), "generate", "containers", "-e", "production", "--out", into);
        var image = Path.Combine(into, "containers", "orders");
        foreach (var file in Sent(await File.ReadAllLinesAsync(Path.Combine(image, "Dockerfile.dockerignore"), TestContext.Current.CancellationToken)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(context, file))!);
            File.Copy(Path.Combine(RepositoryFolder.Root, file), Path.Combine(context, file));
        }

        var commands = (await File.ReadAllLinesAsync(Path.Combine(image, "Dockerfile"), TestContext.Current.CancellationToken)).Where(line => line.Contains(" dotnet ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, commands.Length);
        // Servers of the build would outlive it, and their files.
        var alone = $"export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false TMPDIR='{folder.Path}'; ";
        foreach (var command in commands)
        {
            var built = await NpmClient.ExecuteAsync("/bin/sh", ["-c", alone + command[command.IndexOf("dotnet ", StringComparison.Ordinal)..].Replace("/out", $"'{program}'", StringComparison.Ordinal)], context, TimeSpan.FromMinutes(8));
            Assert.True(built.Code == 0, built.Said);
        }

        Assert.True(File.Exists(Path.Combine(program, "Shop.Orders.dll")));

        // The last rule that fits decides; only what some rule lets in is looked at.
        static IEnumerable<string> Sent(string[] lines)
        {
            var rules = lines.Where(l => l.Length > 0 && l[0] != '#').Select(l => (IsIn: l[0] == '!', Pattern: l.TrimStart('!'))).ToArray();
            return rules.Where(r => r.IsIn).Select(r => Path.Combine(RepositoryFolder.Root, r.Pattern)).SelectMany(p => p.EndsWith("/**", StringComparison.Ordinal) ? Directory.EnumerateFiles(p[..^3], "*", SearchOption.AllDirectories) : File.Exists(p) ? [p] : [])
                .Select(f => Path.GetRelativePath(RepositoryFolder.Root, f)).Distinct().Where(f => rules.Aggregate(true, (isIn, rule) => Fits(rule.Pattern, f) ? rule.IsIn : isIn));
        }

        // dir/**, **/name, **/*.end, file and **; what fits a folder fits all in it.
        static bool Fits(string pattern, string file) =>
            pattern == "**" || pattern == file
            || (pattern.EndsWith("/**", StringComparison.Ordinal) && file.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 2), StringComparison.Ordinal))
            || (pattern.StartsWith("**/", StringComparison.Ordinal) && file.Split('/').Any(part => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern.AsSpan(3), part, ignoreCase: false)));
    }

    private static async Task EveryLineIsAnsweredAsync(SystemFolder folder)
    {
        var all = await Shell.ConwayAsync(folder.Path, "why", "deploy", "-o", "json");
        Assert.Equal((0, ""), (all.Code, all.Error));
        using var json = JsonDocument.Parse(all.Output);
        var files = json.RootElement.GetProperty("files").EnumerateArray().ToArray();
        Assert.Equal(
            Directory.EnumerateFiles(Path.Combine(folder.Path, "deploy"), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder.Path, file)).Order(StringComparer.Ordinal),
            files.Select(file => file.GetProperty("file").GetString()));
        foreach (var file in files)
        {
            Assert.Equal("same", file.GetProperty("state").GetString());
            var lines = file.GetProperty("lines").EnumerateArray().ToArray();
            Assert.Equal(File.ReadAllLines(Path.Combine(folder.Path, file.GetProperty("file").GetString()!)), lines.Select(line => line.GetProperty("text").GetString()));
            Assert.All(lines, line => Assert.Matches("[A-Za-z0-9]\\.$", line.GetProperty("reason").GetString()!));
            Assert.All(lines, line => Assert.True(line.GetProperty("path").GetString()!.Length == 0 || line.GetProperty("place").GetString()!.StartsWith("conway.yaml:", StringComparison.Ordinal)));
        }
    }
}
