using System.Text.Json.Nodes;
using Conway.ManifestLint;
using Conway.Model;
using Conway.Reader;
using static Conway.Artifacts.Tests.KubeObjects;

namespace Conway.Artifacts.Tests;

/// <summary>What Argo CD and Flux are told to apply, held against what is generated.</summary>
public sealed class GitOpsTests
{
    private const string Repository = "https://git.example.com/acme/shop.git";

    // What a cluster makes of what is applied, and no repository needs to hold.
    private static readonly HashSet<string> Made = ["/Pod", "apps/ReplicaSet", "apps/ControllerRevision", "/PersistentVolumeClaim", "batch/Job", "discovery.k8s.io/EndpointSlice", "autoscaling/HorizontalPodAutoscaler"];

    public static TheoryData<string, string, string> Cases => new()
    {
        { "shop", "argocd", "kubernetes" }, { "shop", "flux", "kubernetes" }, { "watched", "argocd", "helm" }, { "watched", "flux", "helm" }, { "workloads", "argocd", "kustomize" }, { "workloads", "flux", "kustomize" },
        { "mesh", "argocd", "kubernetes" }, { "consul", "argocd", "kubernetes" }, { "linkerd", "argocd", "kubernetes" }, { "mesh", "flux", "helm" }, { "hard", "argocd", "kubernetes" }, { "hard", "flux", "kubernetes" }, { "admitted", "argocd", "kubernetes" }, { "admitted", "flux", "helm" }, { "one", "argocd", "helm" }, { "large", "flux", "kustomize" },
    };

    [Theory, MemberData(nameof(Cases))]
    public async Task What_is_applied_is_what_is_generated_and_the_project_lets_in_nothing_else(string system, string by, string form)
    {
        var model = Model(system, by, form);
        var (orders, applied, all) = await ReadAsync(model, system);
        Assert.Equal([], orders.Problems);

        // Every object of the environment lies in one folder that is applied, and in one only.
        var folders = FoldersOf(orders);
        Assert.Equal(folders.Count, folders.Distinct().Count());
        Assert.Equal(applied.Order(), folders.Where(folder => !folder.Contains("/helm/", StringComparison.Ordinal) && !folder.Contains("/kustomize/", StringComparison.Ordinal)).Order());
        Assert.Contains($"deploy/production/{(form == "helm" ? "helm/" + model.System : form == "kustomize" ? "kustomize/overlay" : form)}", folders);
        Assert.All(orders.All, one => Assert.Matches("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", Name(one)));
        if (by == "argocd")
        {
            var project = orders.Of("AppProject").Single()["spec"]!;
            var whole = project["clusterResourceWhitelist"]!.AsArray().Select(one => $"{one!["group"]}/{one["kind"]} {one["name"]}").ToArray();
            var inside = project["namespaceResourceWhitelist"]!.AsArray().Select(one => $"{one!["group"]}/{one["kind"]}").ToArray();
            Assert.Equal(all.Where(one => SpaceOf(one) is null).Select(one => $"{GroupOf(one)}/{Kind(one)} {Name(one)}").Distinct().Order(StringComparer.Ordinal), whole.Order(StringComparer.Ordinal));
            Assert.Equal([], all.Where(one => SpaceOf(one) is not null).Select(one => $"{GroupOf(one)}/{Kind(one)}").Except(inside));
            Assert.Equal([], inside.Except(all.Select(one => $"{GroupOf(one)}/{Kind(one)}")).Except(Made));
            Assert.Equal(all.Select(SpaceOf).OfType<string>().Append(orders.Of("AppProject").Select(Name).Single()).Distinct().Order(StringComparer.Ordinal), project["destinations"]!.AsArray().Select(one => one!["namespace"]!.GetValue<string>()));
            Assert.All(orders.Of("Application"), one => Assert.Equal(Name(orders.Of("AppProject").Single()), one["spec"]!["project"]!.GetValue<string>()));
        }
        else
        {
            var source = orders.Of("GitRepository").Single();
            Assert.All(orders.Of("Kustomization"), one => Assert.Equal(Name(source), one["spec"]!["sourceRef"]!["name"]!.GetValue<string>()));
            Assert.Equal("deploy/production", source["spec"]!["sparseCheckout"]!.AsArray().Single()!.GetValue<string>());

            // The namespace is there before what lies in it, and is not asked for as another kind.
            var first = orders.Of("Kustomization").Select(Name).ToHashSet();
            Assert.All(orders.Of("Kustomization").SelectMany(one => one["spec"]!["dependsOn"]?.AsArray() ?? []), one => Assert.Contains(one!["name"]!.GetValue<string>(), first));
        }
    }

    [Theory, InlineData("argocd", "argocd.argoproj.io/sync-options", "Prune=false,Delete=false"), InlineData("flux", "kustomize.toolkit.fluxcd.io/prune", "disabled")]
    public async Task Nothing_that_holds_data_is_taken_away_and_nothing_runs_twice(string by, string mark, string value)
    {
        var objects = await KubeObjects.ReadAsync(Model("workloads", by, "kubernetes"), validate: true);
        Assert.Equal([], objects.Problems);
        Assert.Equal(value, objects.Of("Namespace").Single()["metadata"]!["annotations"]![mark]!.GetValue<string>());
        var job = objects.Of("Job").Single();
        Assert.Null(job["spec"]!["ttlSecondsAfterFinished"]);

        // Without a controller a finished Job is cleared away, and a namespace says nothing of one.
        var plain = await KubeObjects.ReadAsync(Some.Model(Some.Workloads));
        Assert.NotNull(plain.Of("Job").Single()["spec"]!["ttlSecondsAfterFinished"]);
        Assert.Null(plain.Of("Namespace").Single()["metadata"]!["annotations"]);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Neither_the_orders_nor_what_they_change_has_a_finding(string system, string by, string form)
    {
        var model = Model(system, by, form);
        var facts = system == "hard" ? Some.HardFacts : null;
        var files = new[] { "kubernetes", "gitops" }.SelectMany(target => Some.Written(target, model, facts, "production").Values).Select(file => (file.Path, file.Text)).ToArray();
        Assert.Equal([], ManifestLinter.Lint(files, new LintOptions(), TestContext.Current.CancellationToken).Findings.Select(finding => $"{finding.Rule.Code} {finding.Message}"));
        Assert.All(ArtifactCatalog.Find("gitops")!.Generate(model, "production", facts ?? new BuildFacts()).Files.SelectMany(file => file.Lines), line => Assert.NotNull(line.Origin.Rule));
    }

    [Theory, InlineData("helm"), InlineData("kustomize")]
    public async Task Another_rendering_says_the_same_of_what_is_kept(string form)
    {
        foreach (var by in new[] { "argocd", "flux" })
        {
            var rendered = await Rendered.OfAsync(Model("workloads", by, form), target: form);
            Assert.Equal([], rendered.Helm);
            Assert.Equal([], rendered.Kustomize);
            Assert.True(rendered.Plain > 5);
        }
    }

    [Fact]
    public void The_rendering_that_is_applied_belongs_to_all()
    {
        string[] All(SystemModel model) => [.. ArtifactCatalog.All.Where(target => target.IsPartOfAll(model)).Select(target => target.Name)];
        Assert.Equal(["containers", "kubernetes", "observability", "catalogue"], All(Some.Model(Some.Watched)));
        Assert.Equal(["containers", "kubernetes", "kustomize", "observability", "gitops", "catalogue"], All(Model("watched", "flux", "kustomize")));
        Assert.Equal(["containers", "kubernetes", "observability", "gitops", "catalogue"], All(Model("watched", "argocd", "kubernetes")));
    }

    [Fact]
    public void Where_the_repository_is_and_who_reads_it_are_as_the_model_says()
    {
        var model = Model("watched", "flux", "kubernetes");
        var place = model.Deploy.Gitops with { Branch = "release/1", Path = "infra/eu", Secret = "shop-git", Namespace = "gitops" };
        var text = Some.Written("gitops", model with { Deploy = model.Deploy with { Gitops = place } }, environment: "production")["gitops/flux.yaml"].Text;
        Assert.Contains("    branch: release/1\n", text, StringComparison.Ordinal);
        Assert.Contains("  path: \"./infra/eu/kubernetes\"\n", text, StringComparison.Ordinal);
        Assert.Contains("  secretRef:\n    name: shop-git\n", text, StringComparison.Ordinal);
        Assert.Contains("  namespace: gitops\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("deploy/production", text, StringComparison.Ordinal);

        // Without an environment generate writes into deploy itself.
        Assert.Contains("  path: \"./deploy/kubernetes\"\n", Some.Written("gitops", model)["gitops/flux.yaml"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_told_and_nothing_is_written()
    {
        var model = Some.Model(Some.Watched);
        (string? Path, string Mend)[] Found(GitOpsPlace place) => [.. ArtifactCatalog.Find("gitops")!.Generate(model with { Deploy = model.Deploy with { Gitops = place } }, "production", new BuildFacts()) is var tree && tree.Files.Count == 0 ? tree.Findings.Select(finding => (finding.ModelPath, finding.Mend ?? "")) : []];
        Assert.Equal("deploy.gitops.by", Found(new()).Single().Path);
        Assert.Equal("deploy.gitops.repository", Found(new() { By = "flux" }).Single().Path);
    }

    [Fact]
    public void The_short_form_of_an_address_is_told_how_it_is_written()
    {
        var files = new Dictionary<string, string> { ["conway.yaml"] = "conway: 1\nsystem: a\nservices: { a: { command: a } }\ndeploy: { gitops: { by: flux, repository: \"git@git.example.com:acme/shop.git\" } }\n" };
        var found = ModelReader.Read(new MemoryFileTree(files), "conway.yaml", new ReadOptions()).Findings;
        Assert.Contains("ssh://git@host/path", Assert.Single(found, finding => finding.Severity == Conway.Findings.Severity.Error).ToString(), StringComparison.Ordinal);
    }

    /// <summary>The orders; folders in the repository in which objects lie as they are applied, charts and overlays left out; all objects of the environment.</summary>
    private static async Task<(KubeObjects Orders, string[] Applied, IReadOnlyList<JsonObject> All)> ReadAsync(SystemModel model, string system)
    {
        using var folder = new TemporaryFolder();
        var facts = system == "hard" ? Some.HardFacts : null;
        string[] targets = ["kubernetes", "observability", .. model.Mesh is { } mesh ? [mesh] : Array.Empty<string>(), .. model.Deploy.Admission.By is null ? Array.Empty<string>() : ["policies"]];

        // Of what watches a system, only what lies in one folder is for a cluster; that is so for no other target.
        var files = targets.SelectMany(target => Some.Written(target, model, facts, "production").Values).Where(file => !file.Path.StartsWith("observability/", StringComparison.Ordinal) || file.Path.StartsWith("observability/kubernetes/", StringComparison.Ordinal)).ToArray();
        folder.Write(files.Select(file => file with { Path = $"all/{file.Path.Replace('/', '_')}" }));
        folder.Write(Some.Written("gitops", model, facts, "production").Values);
        var applied = files.Select(file => file.Path[..file.Path.LastIndexOf('/')]).Distinct().Where(path => path != "kubernetes" || model.Deploy.Gitops.Form == "kubernetes").Select(path => $"deploy/production/{path}");
        return (await ReadFolderAsync(Path.Combine(folder.Path, "gitops"), validate: true), [.. applied], (await ReadFolderAsync(Path.Combine(folder.Path, "all"), validate: false)).All);
    }

    private static List<string> FoldersOf(KubeObjects orders) => [.. orders.Of("Application").Select(one => one["spec"]!["source"]!["path"]!.GetValue<string>()),
        .. orders.Of("Kustomization").Select(one => one["spec"]!["path"]!.GetValue<string>()[2..]),
        .. orders.Of("HelmRelease").Select(one => one["spec"]!["chart"]!["spec"]!["chart"]!.GetValue<string>()[2..])];

    private static string GroupOf(JsonObject one) => one["apiVersion"]!.GetValue<string>() is var version && version.Contains('/', StringComparison.Ordinal) ? version[..version.IndexOf('/', StringComparison.Ordinal)] : "";

    private static string? SpaceOf(JsonObject one) => one["metadata"]!["namespace"]?.GetValue<string>();

    private static SystemModel Model(string system, string by, string form)
    {
        var model = system switch
        {
            "shop" => ObservabilityTests.Shop(),
            "watched" => Some.Model(Some.Watched),
            "workloads" => Some.Model(Some.Workloads),
            "mesh" => IstioTests.Meshed(Some.Model(Some.Watched)),
            "linkerd" => LinkerdTests.Meshed(Some.Model(Some.Watched)),
            "consul" => ConsulTests.Meshed(Some.Model(Some.Watched)),
            "hard" => Some.Model(Some.Hard),
            "one" => Some.Large(1),
            "admitted" => PolicyTests.Model("workloads", by == "argocd" ? "kubernetes" : "kyverno"),
            _ => Some.Large(60),
        };
        return model with { Deploy = model.Deploy with { Gitops = new GitOpsPlace { By = by, Repository = Repository, Form = form } } };
    }
}
