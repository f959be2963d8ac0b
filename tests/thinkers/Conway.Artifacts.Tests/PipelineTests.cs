using System.Text.Json.Nodes;
using Conway.Model;

namespace Conway.Artifacts.Tests;

/// <summary>What brings a commit to an environment, read by a linter and held against the model.</summary>
public sealed class PipelineTests
{
    private const string Conway = "ghcr.io/acme/conway:1.4.0";

    private static readonly string[] Systems = ["shop", "cluster", "workloads", "hard", "one", "large", "bare"];

    public static TheoryData<string, string> Cases => new(Systems.SelectMany(system => new[] { "github", "gitlab", "jenkins" }.Select(kind => (system, kind))));

    [Fact]
    public async Task Workflows_are_right_for_the_linter_of_GitHub_Actions_which_sees_what_is_wrong()
    {
        var texts = new JsonObject();
        foreach (var system in Systems)
        {
            texts[$".github/workflows/{system}.yml"] = Orders(Model(system, "github"));
            texts[$".github/workflows/{system}-least.yml"] = Orders(Model(system, "github", conway: null, gitops: "flux"), environment: null);
            texts[$".github/workflows/{system}-nowhere.yml"] = Orders(Model(system, "github"), environment: null);
        }

        Assert.Equal("[]", (await ReadAsync(texts))["found"]!.ToJsonString());
        var right = (string)texts[".github/workflows/shop.yml"]!;
        var broken = new JsonObject();
        foreach (var (from, to) in new[] { ("matrix.services", "matrix.service"), ("      - check\n", "      - checks\n"), ("id-token: write", "id-tokens: write"), ("runner.temp", "runners.temp"), ("timeout-minutes", "timeout-minuts") })
        {
            Assert.Contains(from, right, StringComparison.Ordinal);
            broken[$".github/workflows/{broken.Count}.yml"] = right.Replace(from, to, StringComparison.Ordinal);
        }

        var found = (await ReadAsync(broken))["found"]!.AsArray().Select(one => (string)one!).ToArray();
        Assert.All(broken, file => Assert.Contains(found, one => one.StartsWith(file.Key + ":", StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task Every_image_is_built_by_one_job_after_checks_and_tests_and_on_the_branch_alone(string system, string by)
    {
        var model = Model(system, by);
        var text = Orders(model);
        var file = by == "jenkins" ? [] : (await ReadAsync(new JsonObject { [by] = text }))["files"]![by]!.AsObject();
        var built = model.Services.Where(service => service.Value.Image is null).ToArray();
        var images = by == "jenkins" ? ImagesOfJenkins(text) : Images(file, by);
        Assert.Equal(built.Length, images.Length);
        Assert.Equal(images.Distinct(StringComparer.Ordinal), images);
        if (by == "github")
        {
            var jobs = file["jobs"]!.AsObject();
            Assert.Equal(built.Length > 0 ? ["check", "test", "image", "deploy"] : ["check", "test", "deploy"], jobs.Select(job => job.Key));
            Assert.Equal("{}", file["permissions"]!.ToJsonString());
            foreach (var (name, job) in jobs)
            {
                var isReleased = name is "image" or "deploy";
                Assert.Equal(isReleased, job!["environment"] is not null);
                Assert.Equal(isReleased ? "github.event_name != 'pull_request' && github.ref == 'refs/heads/main'" : null, (string?)job["if"]);
                Assert.Equal(isReleased ? [.. jobs.Select(one => one.Key).TakeWhile(one => one != name)] : null, job["needs"]?.AsArray().Select(one => (string)one!));
                Assert.Equal(name == "image" ? """{"contents":"read","packages":"write","id-token":"write"}""" : """{"contents":"read"}""", job["permissions"]!.ToJsonString());
                Assert.Equal(isReleased, job.ToJsonString().Contains("secrets.", StringComparison.Ordinal));
                Assert.All(job["steps"]!.AsArray().Select(step => (string?)step!["uses"]).OfType<string>(), uses => Assert.Matches("^[a-z]+/[a-z]+@[0-9a-f]{40}$", uses));
            }
        }
        else if (by == "gitlab")
        {
            var stages = file["stages"]!.AsArray().Select(stage => (string)stage!).ToArray();
            foreach (var (name, job) in file.Where(one => one.Key != "stages"))
            {
                var stage = (string)job!["stage"]!;
                Assert.Contains(stage, stages);
                Assert.EndsWith($" {stage}", name, StringComparison.Ordinal);
                Assert.Equal(stage is "image" or "deploy" ? 1 : 2, job["rules"]!.AsArray().Count);
                Assert.Contains("$CI_COMMIT_BRANCH == \"main\"", job["rules"]!.AsArray()[^1]!.ToJsonString().Replace("\\u0022", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
                Assert.Equal(stage is "image" or "deploy", job["environment"] is not null);
            }
        }
        else
        {
            string[] order = ["stage('check')", "stage('test')", .. built.Length > 0 ? ["stage('image')"] : Array.Empty<string>(), "stage('deploy')"];
            Assert.Equal(order.Order(Comparer<string>.Create((a, b) => text.IndexOf(a, StringComparison.Ordinal).CompareTo(text.IndexOf(b, StringComparison.Ordinal)))), order);
            Assert.All(order, one => Assert.Contains(one, text, StringComparison.Ordinal));
            Assert.Equal(text.Count(c => c == '{'), text.Count(c => c == '}'));
            Assert.Equal(built.Length > 0 ? 2 : 1, text.Split("when { branch 'main' }").Length - 1);
        }
    }

    [Fact]
    public void A_controller_that_applies_what_lies_in_the_branch_leaves_nothing_to_be_deployed()
    {
        foreach (var by in new[] { "github", "gitlab", "jenkins" })
        {
            var files = Some.Written("pipeline", Model("shop", by, gitops: "argocd"), environment: "production");
            Assert.All(files.Values, file => Assert.DoesNotContain("kubectl", file.Text, StringComparison.Ordinal));
            Assert.All(files.Values, file => Assert.DoesNotContain("kubeconfig", file.Text, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task More_services_than_a_matrix_has_places_for_share_jobs()
    {
        var file = (await ReadAsync(new JsonObject { ["huge"] = Orders(Model("huge", "github")) }))["files"]!["huge"]!.AsObject();
        Assert.InRange(file["jobs"]!["image"]!["strategy"]!["matrix"]!["services"]!.AsArray().Count, 50, 100);
        Assert.Equal(450, Images(file, "github").Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void What_nobody_said_is_asked_for()
    {
        (string? Path, string Mend)[] Found(PipelinePlace place) => [.. ArtifactCatalog.Find("pipeline")!.Generate(Rendered.Model("shop") with { Deploy = Rendered.Model("shop").Deploy with { Pipeline = place } }, "production", new BuildFacts()).Findings.Select(finding => (finding.ModelPath, finding.Mend ?? ""))];
        Assert.Equal(("deploy.pipeline.by", "Write 'deploy: { pipeline: { by: github, test: ./test } }', or gitlab or jenkins, in the settings of the environment."), Found(new PipelinePlace()).Single());
        Assert.Equal("deploy.pipeline.test", Found(new PipelinePlace { By = "gitlab" }).Single().Path);
        Assert.Empty(Found(new PipelinePlace { By = "gitlab", Test = "true" }));
    }

    private static SystemModel Model(string system, string by, string? conway = Conway, string? gitops = null)
    {
        var model = system == "huge" ? Some.Large(450) : Rendered.Model(system);
        var place = new PipelinePlace { By = by, Test = "./test", Conway = conway, TestImage = system == "cluster" ? Conway : null };
        return model with { Deploy = model.Deploy with { Pipeline = place, Gitops = new GitOpsPlace { By = gitops, Repository = gitops is null ? null : "https://git.example.com/a/b.git" } } };
    }

    private static string Orders(SystemModel model, string? environment = "production") => Some.Written("pipeline", model, environment: environment).Values.Single(file => file.Path != "pipeline/release.sh").Text;

    private static string[] Images(JsonObject file, string by) => [.. ((by == "github"
        ? file["jobs"]!["image"]?["strategy"]!["matrix"]!["services"]
        : file.FirstOrDefault(job => job.Key.EndsWith(" image", StringComparison.Ordinal)).Value?["parallel"]!["matrix"]![0]!["SERVICES"])?.AsArray() ?? []).SelectMany(group => ((string)group!).Split(' '))];

    private static string[] ImagesOfJenkins(string text) =>
        [.. text.Split('\n').Where(line => line.Contains(" image ", StringComparison.Ordinal) && line.Contains("release.sh", StringComparison.Ordinal)).SelectMany(line => line.Split(" image ")[1].Split("' }")[0].Split(' '))];

    private static async Task<JsonNode> ReadAsync(JsonObject texts)
    {
        var ended = await NpmClient.ExecuteAsync("node", ["run.js"], await NpmClient.FolderAsync("pipeline"), TimeSpan.FromMinutes(2), texts.ToJsonString());
        Assert.True(ended.Code == 0, ended.Said);
        return JsonNode.Parse(ended.Output)!;
    }
}
