using System.Text.Json;

namespace Conway.Artifacts.Tests;

public sealed class ContainerTests
{
    [Fact]
    public async Task Compose_files_and_dockerfiles_are_valid_whatever_the_model_says()
    {
        foreach (var (model, facts) in new[] { (Some.Model(Some.Hard), Some.HardFacts), (Some.Large(60), new BuildFacts()), (Some.Large(1), new BuildFacts()) })
        {
            using var json = await LookAsync(Some.Written("containers", model, facts));
            Assert.Equal([], json.RootElement.GetProperty("problems").EnumerateArray().Select(problem => problem.GetString()));
            Assert.Equal(model.Services.Count, json.RootElement.GetProperty("compose").GetProperty("services").EnumerateObject().Count());
        }
    }

    [Fact]
    public async Task The_same_look_finds_what_is_wrong()
    {
        var files = Some.Written("containers", Some.Large(1));
        files["containers/compose.yaml"] = files["containers/compose.yaml"] with { Text = files["containers/compose.yaml"].Text.Replace("read_only: true", "read_onyl: true", StringComparison.Ordinal) };
        files["containers/s0/Dockerfile"] = files["containers/s0/Dockerfile"] with { Text = files["containers/s0/Dockerfile"].Text.Replace("WORKDIR /app", "WORKDIRS /app", StringComparison.Ordinal) };
        using var json = await LookAsync(files);
        var problems = json.RootElement.GetProperty("problems").EnumerateArray().Select(problem => problem.GetString()!).ToArray();
        Assert.Contains(problems, problem => problem.StartsWith("compose.yaml", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.StartsWith("s0 ", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_image_runs_as_a_number_that_is_not_root_and_is_built_in_an_order_that_caches()
    {
        var files = Some.Written("containers", Some.Model(Some.Hard), Some.HardFacts).Where(file => file.Key.EndsWith("/Dockerfile", StringComparison.Ordinal)).ToArray();
        Assert.Equal(4, files.Length);
        Assert.All(files, file =>
        {
            var lines = file.Value.Text.Split('\n');
            Assert.Equal("USER 10001:10001", lines.Last(line => line.StartsWith("USER ", StringComparison.Ordinal)));
            Assert.Single(lines, line => line.StartsWith("ENTRYPOINT [\"", StringComparison.Ordinal));
            Assert.DoesNotContain(lines, line => line.StartsWith("ADD ", StringComparison.Ordinal) || line.Contains(":latest", StringComparison.Ordinal));
        });
        var project = files.Single(file => file.Key == "containers/no/Dockerfile").Value.Text;
        Assert.True(Before(project, "dotnet restore \"sys/src/No/No \\$one.csproj\" --locked-mode", "COPY [\".\", \"./\"]"));
        Assert.True(Before(project, "COPY [\".\", \"./\"]", "dotnet publish"));
        Assert.True(Before(project, "FROM ${RUNTIME} AS final", "ENTRYPOINT [\"dotnet\", \"No.One.dll\"]"));
        var node = files.Single(file => file.Key == "containers/null/Dockerfile").Value.Text;
        Assert.True(Before(node, "RUN --mount=type=cache,id=npm,target=/root/.npm npm ci --ignore-scripts", "COPY [\"sys/src/it's here/\", \"./\"]"));
    }

    [Fact]
    public void Only_what_an_image_is_made_of_is_sent_to_the_builder()
    {
        var files = Some.Written("containers", Some.Model(Some.Hard), Some.HardFacts);
        var lines = files["containers/no/Dockerfile.dockerignore"].Text.Split('\n').Skip(1).ToArray();
        Assert.Equal("**", lines[0]);
        Assert.Equal(["!lib/Shared/**", "!sys/src/No/**"], lines.Where(line => line.EndsWith("/**", StringComparison.Ordinal)));
        Assert.True(Array.IndexOf(lines, "**/bin") > Array.IndexOf(lines, "!sys/src/No/**"), "What is built on the laptop is left out also of what is let in.");
    }

    [Fact]
    public async Task A_service_is_on_a_network_with_those_that_it_calls_or_is_called_by_and_with_no_other()
    {
        foreach (var model in new[] { Some.Model(Some.Hard), Some.Large(60) })
        {
            using var json = await LookAsync(Some.Written("containers", model, Some.HardFacts));
            var compose = json.RootElement.GetProperty("compose");
            var networks = compose.GetProperty("services").EnumerateObject().ToDictionary(service => service.Name, service => service.Value.GetProperty("networks").EnumerateArray().Select(network => network.GetString()!).ToHashSet(), StringComparer.Ordinal);
            Assert.All(networks.SelectMany(service => service.Value), network => Assert.True(compose.GetProperty("networks").TryGetProperty(network, out _), network));
            foreach (var (caller, from) in model.Services)
            {
                foreach (var callee in model.Services.Keys.Where(callee => callee != caller))
                {
                    var to = Plans.ObjectNames.Label(callee, Plans.ServicePlan.LabelMax);
                    Assert.Equal(from.Calls.ContainsKey(callee), networks[Plans.ObjectNames.Label(caller, Plans.ServicePlan.LabelMax)].Contains($"to-{to}"));
                    Assert.Contains($"to-{to}", networks[to]);
                }
            }
        }
    }

    [Fact]
    public async Task Services_find_what_the_contract_promises_and_no_secret_is_written()
    {
        using var json = await LookAsync(Some.Written("containers", Some.Model(Some.Hard), Some.HardFacts));
        var no = json.RootElement.GetProperty("compose").GetProperty("services").GetProperty("no").GetProperty("environment");
        string Of(string name) => no.GetProperty(name).GetString()!;
        Assert.Equal(("http://null:8080", "900"), (Of("NULL_URL"), Of("NULL_TIMEOUT_MS")));
        Assert.Equal("Data Source=/var/lib/conway/files/files.db", Of("FILES_CONNECTION"));
        Assert.Equal("${ON_CONNECTION:?set it to the connection string of on}", Of("ON_CONNECTION"));
        Assert.Equal("${CARD_KEY:?set it to the secret card-key}", Of("D"));
        Assert.Equal(("yes", "$$HOME and $${x}", "two\nlines", "", "1e3"), (Of("A"), Of("B"), Of("C"), Of("E"), Of("F")));
    }

    [Theory]
    [InlineData("", "CW1911 The image of 'orders' cannot be named: the model has no deploy.registry.", "CW1911 The image of 'orders' cannot be named: the model has no deploy.version.")]
    [InlineData("deploy: { registry: ghcr.io/acme, version: latest }", "CW1914 'deploy.version' says latest, which is another image tomorrow.")]
    [InlineData("deploy: { registry: ghcr.io/acme, version: \"1\" }")]
    public void What_is_needed_and_missing_is_told_once(string deploy, params string[] said)
    {
        var model = Some.Model($"conway: 1\nsystem: shop\n{deploy}\nservices: {{ orders: {{ command: node a.js }}, catalog: {{ command: node b.js }} }}");
        Assert.Equal(said.Select(one => one.Replace("'orders'", "'catalog'", StringComparison.Ordinal)), ArtifactCatalog.Find("containers")!.Generate(model, null, new BuildFacts()).Findings.Select(finding => finding.ToString()));
    }

    [Fact]
    public void What_cannot_be_built_says_which_key_is_missing()
    {
        var model = Some.Model("conway: 1\nsystem: shop\ndeploy: { registry: ghcr.io/acme, version: \"1\" }\nservices: { orders: { command: python a.py, environment: { A: \"x ${secret:y} z\" } } }");
        Assert.Equal(
            ["CW1913 'A' has the secret 'y' in the middle of other text.", "CW1911 The image of 'orders' cannot be built: nothing says which image has the runtime for 'python'."],
            ArtifactCatalog.Find("containers")!.Generate(model, null, new BuildFacts()).Findings.Select(finding => finding.ToString()));
    }

    [Fact]
    public void Every_line_knows_a_part_of_the_model_and_a_rule_and_the_same_model_gives_the_same_bytes()
    {
        var model = Some.Model(Some.Hard);
        var files = Some.Written("containers", model, Some.HardFacts);
        Assert.Equal(files.Select(file => file.Value.Text), Some.Written("containers", Some.Model(Some.Hard), Some.HardFacts).Select(file => file.Value.Text));
        Assert.All(files.Values, file =>
        {
            Assert.Equal(file.Text.Count(c => c == '\n'), file.Origins.Count);
            Assert.All(file.Origins, origin => Assert.Contains(origin!.Rule, ArtifactRules.All));
            Assert.All(file.Origins, origin => Assert.True(origin!.Path.Length == 0 || model.Services.Keys.Any(name => origin.Path == $"services.{name}" || origin.Path.StartsWith($"services.{name}.", StringComparison.Ordinal)) || origin.Path is "system" or "services" or "gateway.routes" or "deploy.version", origin.Path));
        });
    }

    private static bool Before(string text, string first, string second) =>
        text.IndexOf(first, StringComparison.Ordinal) is >= 0 and var at && text.IndexOf(second, StringComparison.Ordinal) > at;

    private static async Task<JsonDocument> LookAsync(Dictionary<string, WrittenFile> files)
    {
        using var folder = new TemporaryFolder();
        folder.Write(files.Values);
        var looked = await NpmClient.RunAsync("deploy", TimeSpan.FromMinutes(4), "containers.js", Path.Combine(folder.Path, "containers"));
        Assert.True(looked.Code == 0, looked.Said);
        return JsonDocument.Parse(looked.Output);
    }
}
