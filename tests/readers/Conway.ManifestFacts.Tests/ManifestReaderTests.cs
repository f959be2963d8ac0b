using System.Globalization;
using System.Text;

namespace Conway.ManifestFacts.Tests;

public sealed class ManifestReaderTests
{
    [Fact]
    public void A_compose_file_gives_what_runs_with_its_place()
    {
        var deployment = Read(("compose.yaml", """
            x-common: &common
              environment: { LOG: info }
            services:
              orders:
                <<: *common
                image: shop/orders:1.4
                ports: ["8081:80", { target: 90, published: "8090" }]
                deploy: { replicas: 2, resources: { limits: { memory: 256M } } }
                healthcheck: { test: curl }
              worker:
                build: .
                environment:
                  - DB=Host=db;Database=x
                  - EMPTY
                healthcheck: { disable: true }
            """));
        var (orders, worker) = (deployment.Workloads[0], deployment.Workloads[1]);
        Assert.Equal(("orders", WorkloadKind.Compose, "shop/orders:1.4", 2, true, true), (orders.Name, orders.Kind, orders.Image, orders.Replicas, orders.HasMemoryLimit, orders.HasHealthCheck));
        Assert.Equal(["8081:80", "8090"], orders.Published);
        Assert.Equal("LOG=info", string.Join(',', orders.Environment.Select(v => $"{v.Name}={v.Value}")));
        Assert.Equal(("", null, false, false), (worker.Image, worker.Replicas, worker.HasMemoryLimit, worker.HasHealthCheck));
        var variable = Assert.Single(worker.Environment);
        Assert.Equal(("DB", "Host=db;Database=x", 13), (variable.Name, variable.Value, variable.Place.Line));
    }

    [Fact]
    public void Manifests_give_workloads_entrances_and_what_is_open()
    {
        var deployment = Read(("k8s/all.yaml", """
            apiVersion: v1
            kind: List
            items:
              - apiVersion: apps/v1
                kind: Deployment
                metadata: { name: orders }
                spec:
                  replicas: 1
                  template: { spec: { containers: [ { image: "orders:2", resources: { limits: { memory: 1Gi } }, readinessProbe: {}, env: [ { name: A, value: "1" }, { name: S, valueFrom: {} } ] }, { image: side } ] } }
            ---
            apiVersion: batch/v1
            kind: CronJob
            metadata: { name: nightly }
            spec: { jobTemplate: { spec: { template: { spec: { containers: [ { image: "job:1" } ] } } } } }
            ---
            { apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: { name: h }, spec: { scaleTargetRef: { name: orders } } }
            ---
            { apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: edge } }
            ---
            { apiVersion: v1, kind: Service, metadata: { name: orders }, spec: { type: LoadBalancer } }
            ---
            { apiVersion: v1, kind: Service, metadata: { name: inner }, spec: { type: ClusterIP } }
            ---
            """));
        var orders = deployment.Workloads[0];
        Assert.Equal((1, false, true, true), (orders.Replicas, orders.HasMemoryLimit, orders.HasHealthCheck, orders.IsScaled));
        Assert.Equal(["A"], orders.Environment.Select(v => v.Name));
        Assert.Equal((WorkloadKind.CronJob, "job:1"), (deployment.Workloads[1].Kind, deployment.Workloads[1].Image));
        Assert.Equal("Ingress edge", Assert.Single(deployment.Entrances) is var e ? $"{e.Kind} {e.Name}" : "");
        Assert.Equal("LoadBalancer orders", Assert.Single(deployment.Exposed) is var x ? $"{x.Kind} {x.Name}" : "");
    }

    [Theory]
    [InlineData("values.yaml", "image: { tag: 1 }\nservices: { a: { image: x } }")]
    [InlineData("openapi.yaml", "openapi: 3.1.0\nkind: thing")]
    [InlineData("list.yaml", "- a\n- b")]
    [InlineData("empty.yaml", "")]
    [InlineData("text.yaml", "just text")]
    public void What_is_no_manifest_is_passed_over_in_silence(string file, string text)
    {
        var deployment = Read((file, text));
        Assert.Empty(deployment.Workloads);
        Assert.Empty(deployment.Unread);
        Assert.Empty(deployment.Files);
    }

    [Theory]
    [InlineData("apiVersion: v1\nkind: ]", "it is not YAML (line 2)")]
    [InlineData("kind: {{ .Values.kind }}", "it is a template; render it first")]
    [InlineData("a: !!binary", null)]
    [InlineData("a: *nothing", null)]
    [InlineData("\u0000\u0001", null)]
    public void What_cannot_be_read_is_told_and_never_thrown(string text, string? why) =>
        Assert.Equal(why, Read(("a.yaml", text)).Unread.SingleOrDefault()?.Why);

    [Fact]
    public void Depth_and_size_are_bounded()
    {
        Assert.Equal("it is nested more than 64 levels deep", Assert.Single(Read(("deep.yaml", new string('[', 5_000))).Unread).Why);
        var wide = new StringBuilder("a:\n");
        for (var i = 0; i < 250_000; i++)
        {
            wide.Append("- 1\n");
        }

        Assert.Equal("it is too large", Assert.Single(Read(("wide.yaml", wide.ToString())).Unread).Why);
    }

    [Theory]
    [InlineData("[*{0}, *{0}, *{0}, *{0}, *{0}, *{0}, *{0}, *{0}, *{0}, *{0}]")]
    [InlineData("{{ <<: [*{0}, *{0}, *{0}, *{0}, *{0}, *{0}, *{0}, *{0}, *{0}, *{0}] }}")]
    public void Names_for_names_do_not_make_a_small_file_large(string tenfold)
    {
        var text = new StringBuilder("x0: &x0 { a: 1 }\n");
        for (var i = 1; i <= 30; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"x{i}: &x{i} ").AppendFormat(CultureInfo.InvariantCulture, tenfold, $"x{i - 1}").Append('\n');
        }

        Assert.Equal("it is too large", Assert.Single(Read(("compose.yaml", text.ToString())).Unread).Why);
    }

    [Fact]
    public void Odd_input_never_throws()
    {
        var random = new Random(7);
        const string signs = "ab:-[]{}\"'\n \t&*!|>#?%@`<,0";
        for (var n = 0; n < 3_000; n++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(60)).Select(_ => signs[random.Next(signs.Length)])]);
            Read(("compose.yaml", random.Next(2) == 0 ? text : "services:\n  a:\n    " + text));
        }
    }

    [Fact]
    public void Files_are_found_below_a_folder_without_what_tools_wrote()
    {
        var folder = Directory.CreateTempSubdirectory("conway manifests ").FullName;
        try
        {
            foreach (var file in (string[])["compose.yaml", "deploy/k8s/a.yml", "node_modules/x/compose.yaml", "bin/b.yaml", ".hidden/c.yaml", ".github/workflows/ci.yml", "chart/templates/d.yaml", "readme.md"])
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
                File.WriteAllText(Path.Combine(folder, file), "a: 1");
            }

            var found = ManifestFiles.Find(folder, TestContext.Current.CancellationToken);
            Assert.Equal([".github/workflows/ci.yml", "compose.yaml", "deploy/k8s/a.yml"], found.Select(f => f.File).Order(StringComparer.Ordinal));
            Assert.Equal([".github/workflows/ci.yml"], ManifestReader.Read(found).Pipelines);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(".github/workflows/ci.yml")]
    [InlineData(".gitlab-ci.yml")]
    [InlineData("azure-pipelines.release.yaml")]
    [InlineData("build/release/azure-pipelines.yml")]
    [InlineData("Jenkinsfile")]
    [InlineData("ci/Jenkinsfile.nightly")]
    [InlineData(".circleci/config.yml")]
    [InlineData(".travis.yml")]
    [InlineData("bitbucket-pipelines.yml")]
    [InlineData(".teamcity/settings.kts")]
    public void Pipelines_of_a_repository_are_found_where_their_hosts_look_for_them(string pipeline)
    {
        var folder = Directory.CreateTempSubdirectory("conway pipelines ").FullName;
        try
        {
            foreach (var file in (string[])[pipeline, ".github/dependabot.yml", "src/app/.travis.yml", "build/readme.md", "conway.yaml"])
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
                File.WriteAllText(Path.Combine(folder, file), "a: 1");
            }

            Assert.Equal([pipeline], ManifestFiles.FindPipelines(folder));
            Assert.Equal([pipeline], ManifestReader.Read([(pipeline, "a: 1"), (".github/dependabot.yml", "a: 1")]).Pipelines);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task What_is_no_ordinary_file_is_not_opened()
    {
        var folder = Directory.CreateTempSubdirectory("conway manifests ").FullName;
        try
        {
            using (var made = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(folder, "pipe.yaml")]))
            {
                await made.WaitForExitAsync(TestContext.Current.CancellationToken);
                Assert.Equal(0, made.ExitCode);
            }

            File.WriteAllText(Path.Combine(folder, "compose.yaml"), "a: 1");
            var finding = Task.Run(() => ManifestFiles.Find(folder, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
            Assert.Equal(["compose.yaml"], (await finding.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken)).Select(f => f.File));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Deployment Read(params (string, string)[] files) => ManifestReader.Read(files);
}
