using System.Text.Json;
using System.Xml.Linq;

namespace Conway.Cli.Tests;

public sealed class LintTests
{
    private const string Pod = """
        apiVersion: v1
        kind: Pod
        metadata: { name: web, namespace: shop }
        spec: { hostNetwork: true, containers: [{ name: web, image: "web:1.4.2" }] }

        """;

    [Fact]
    public async Task What_is_generated_for_the_sample_has_no_finding()
    {
        using var folder = new SystemFolder();
        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "generate", Path.Combine(Repository.Root, "samples", "shop"), "kubernetes", "-e", "production", "--out", Path.Combine(folder.Path, "out"))).Code);
        Assert.Equal((0, "0 errors, 0 warnings, 0 notes in 9 files.\n"), await Shell.ConwayAsync(folder.Path, "lint", "k8s", "out") is var ended ? (ended.Code, ended.Output) : default);

        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "generate", Path.Combine(Repository.Root, "samples", "shop"), "containers", "-e", "production", "--out", Path.Combine(folder.Path, "images"))).Code);
        Assert.Matches("^0 errors, 0 warnings, 0 notes in [1-9][0-9]* files.\n$", (await Shell.ConwayAsync(folder.Path, "lint", "docker", "images")).Output);

        // What an optional rule says of it was decided otherwise, and stands in the reference.
        var all = await Shell.ConwayAsync(folder.Path, "lint", "k8s", "out", "--all-rules", "--skip", "sorted-keys,image-digest,node-affinity,requests-equal-limits,autoscaler-three-replicas");
        Assert.Equal((0, "0 errors, 0 warnings, 0 notes in 9 files.\n"), (all.Code, all.Output));
    }

    [Fact]
    public async Task A_finding_is_told_with_its_line_and_what_to_write()
    {
        using var folder = new SystemFolder();
        folder.Write("k8s/web.yaml", Pod);
        var ended = await Shell.ConwayAsync(folder.Path, "lint", "k8s", "k8s", "--only", "CKV_K8S_19", "-q");
        Assert.Equal(new Ended(1, """
            k8s/web.yaml:4:22  error K8S-host-network  Pod 'web': has hostNetwork.
                4 | spec: { hostNetwork: true, containers: [{ name: web, image: "web:1.4.2" }] }
                  |                      ^^^^
                why   It reaches what listens on the node only for the node, and no network policy holds for it.
                mend  Leave out 'hostNetwork: true'.
                more  conway explain K8S-host-network

            1 error, 0 warnings, 0 notes in 1 file.

            """, ""), ended);
        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "lint", "k8s", "k8s", "--only", "CKV_K8S_19", "--fail-on", "none")).Code);
        Assert.StartsWith("K8S-host-network", (await Shell.ConwayAsync(folder.Path, "explain", "k8s-host-network")).Output.TrimStart('#', ' '), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_programs_get_the_same_in_their_forms()
    {
        using var folder = new SystemFolder();
        folder.Write("web.yaml", Pod.Replace("namespace: shop", "namespace: shop, annotations: { ignore-check.kube-linter.io/host-network: it is the network }", StringComparison.Ordinal));
        using var json = JsonDocument.Parse((await Shell.ConwayAsync(folder.Path, "lint", "k8s", ".", "-o", "json")).Output);
        Assert.Equal("it is the network", json.RootElement.GetProperty("suppressed")[0].GetProperty("reason").GetString());
        var codes = json.RootElement.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("code").GetString()).ToArray();
        Assert.Contains("K8S-naked-pod", codes);
        Assert.DoesNotContain("K8S-host-network", codes);
        using var sarif = JsonDocument.Parse((await Shell.ConwayAsync(folder.Path, "lint", "k8s", ".", "-o", "sarif")).Output);
        Assert.Equal(codes.Length + 1, sarif.RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength());
        var junit = XDocument.Parse((await Shell.ConwayAsync(folder.Path, "lint", "k8s", ".", "-o", "junit", "--fail-on", "info")).Output);
        Assert.Equal(("conway lint k8s", $"{codes.Length}"), ((string)junit.Root!.Attribute("name")!, (string)junit.Root.Attribute("failures")!));
        Assert.StartsWith("### conway lint k8s\n", (await Shell.ConwayAsync(folder.Path, "lint", "k8s", ".", "-o", "markdown")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_baseline_lets_one_live_with_what_is_there()
    {
        using var folder = new SystemFolder();
        folder.Write("web.yaml", Pod);
        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "lint", "k8s", ".", "--write-baseline", "known.json")).Code);
        folder.Write("web.yaml", "# moved\n\n" + Pod);
        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "lint", "k8s", ".", "--baseline", "known.json", "--fail-on", "info")).Code);
        folder.Write("web.yaml", Pod.Replace("hostNetwork: true", "hostNetwork: true, hostPID: true", StringComparison.Ordinal));
        Assert.Equal(1, (await Shell.ConwayAsync(folder.Path, "lint", "k8s", ".", "--baseline", "known.json")).Code);
    }

    [Theory]
    [InlineData("say what to lint: 'conway lint k8s DIR' or 'conway lint docker DIR'.", "lint")]
    [InlineData("'k9s' is nothing that lint does. It is 'conway lint k8s DIR' or 'conway lint docker DIR'.", "lint", "k9s")]
    [InlineData("say which Dockerfiles: 'conway lint docker DIR'.", "lint", "docker")]
    [InlineData("there is no folder or file 'gone'.", "lint", "docker", "gone")]
    [InlineData("there is no Dockerfile in '.'. Give a folder with one, or the file itself.", "lint", "docker", ".")]
    [InlineData("there is no rule 'DOCKER-sudu'. Did you mean 'DOCKER-sudo'?", "lint", "docker", ".", "--skip", "DOCKER-sudu")]
    [InlineData("there is no rule 'K8S-privileged'. 'conway lint docker --rules' lists all.", "lint", "docker", ".", "--only", "K8S-privileged")]
    [InlineData("'--profile' is of 'conway lint k8s'; a Dockerfile has none.", "lint", "docker", ".", "--profile", "restricted")]
    [InlineData("say which manifests: 'conway lint k8s DIR'.", "lint", "k8s")]
    [InlineData("there is no folder or file 'gone'.", "lint", "k8s", "gone")]
    [InlineData("there is no Kubernetes object in '.'. Give a folder with manifests.", "lint", "k8s", ".")]
    [InlineData("there is no rule 'K8S-privilegd'. Did you mean 'K8S-privileged'?", "lint", "k8s", ".", "--only", "K8S-privilegd")]
    [InlineData("there is no baseline 'a.json'. 'conway lint k8s DIR --write-baseline a.json' writes one.", "lint", "k8s", ".", "--baseline", "a.json")]
    public async Task What_cannot_be_done_is_said_in_a_sentence(string said, params string[] line)
    {
        using var folder = new SystemFolder();
        folder.Write("values.yaml", "replicas: 2\n");
        Assert.Equal(new Ended(2, "", $"conway: {said}\n"), await Shell.ConwayAsync(folder.Path, line));
    }

    [Fact]
    public async Task The_rules_are_listed_with_the_ids_of_other_tools()
    {
        using var folder = new SystemFolder();
        var text = await Shell.ConwayAsync(folder.Path, "lint", "k8s", "--rules");
        Assert.Contains("CKV_K8S_16", text.Output.Split('\n').Single(l => l.StartsWith("K8S-privileged ", StringComparison.Ordinal)), StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await Shell.ConwayAsync(folder.Path, "lint", "k8s", "--rules", "-o", "json")).Output);
        Assert.Equal(text.Output.Count(c => c == '\n'), json.RootElement.GetProperty("rules").GetArrayLength());
    }

    [Fact]
    public async Task Dockerfiles_of_any_name_are_found_and_judged()
    {
        using var folder = new SystemFolder();
        foreach (var name in new[] { "a/Dockerfile", "b/api.Dockerfile", "c/Containerfile", "d/Dockerfile.debug" })
        {
            folder.Write(name, "FROM debian:12\nUSER 10001:10001\nRUN sudo make\n");
        }

        folder.Write("a/Dockerfile.dockerignore", "**\n");
        folder.Write("node_modules/x/Dockerfile", "FROM debian\n");
        var ended = await Shell.ConwayAsync(folder.Path, "lint", "docker", ".", "--only", "DL3004");
        Assert.Equal((1, 4), (ended.Code, ended.Output.Split('\n').Count(l => l.Contains(":3:5  error DOCKER-sudo  make is run by sudo.", StringComparison.Ordinal))));
        Assert.Equal("12 instructions in 4 files by 1 rule.\n", ended.Error);
        Assert.Equal(new Ended(1, """
            a/Dockerfile:3:5  error DOCKER-sudo  make is run by sudo.
                3 | RUN sudo make
                  |     ^^^^
                why   RUN is root already; and in the image it is a way to root for whoever gets in.
                mend  Leave 'sudo' out, or write 'USER root' before and 'USER 10001' after it.
                more  conway explain DOCKER-sudo

            1 error, 0 warnings, 0 notes in 1 file.

            """, ""), await Shell.ConwayAsync(folder.Path, "lint", "docker", "a/Dockerfile", "-q"));
        Assert.StartsWith("DOCKER-sudo", (await Shell.ConwayAsync(folder.Path, "explain", "docker-sudo")).Output.TrimStart('#', ' '), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_said_of_a_dockerfile_is_in_every_form()
    {
        using var folder = new SystemFolder();
        folder.Write("Dockerfile", "FROM debian:12\n# hadolint ignore=DL3004\nRUN sudo make\nRUN cd /x\nUSER 10001\n");
        using var json = JsonDocument.Parse((await Shell.ConwayAsync(folder.Path, "lint", "docker", ".", "-o", "json")).Output);
        Assert.Equal("comment hadolint ignore=DL3004", json.RootElement.GetProperty("suppressed")[0].GetProperty("reason").GetString());
        var codes = json.RootElement.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("code").GetString()!).ToArray();
        Assert.Equal(["DOCKER-consecutive-run", "DOCKER-cd"], codes);
        using var sarif = JsonDocument.Parse((await Shell.ConwayAsync(folder.Path, "lint", "docker", ".", "-o", "sarif")).Output);
        Assert.Equal(3, sarif.RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength());
        var junit = XDocument.Parse((await Shell.ConwayAsync(folder.Path, "lint", "docker", ".", "-o", "junit", "--fail-on", "info")).Output);
        Assert.Equal(("conway lint docker", "2"), ((string)junit.Root!.Attribute("name")!, (string)junit.Root.Attribute("failures")!));
        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "lint", "docker", ".", "--write-baseline", "known.json")).Code);
        Assert.Equal(0, (await Shell.ConwayAsync(folder.Path, "lint", "docker", ".", "--baseline", "known.json", "--fail-on", "info")).Code);
        var rules = await Shell.ConwayAsync(folder.Path, "lint", "docker", "--rules");
        Assert.Contains("DL3008", rules.Output.Split('\n').Single(l => l.StartsWith("DOCKER-apt-pin ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_dockerfile_is_a_finding_and_no_stack_trace()
    {
        using var folder = new SystemFolder();
        folder.Write("empty/Dockerfile", "");
        folder.Write("prose/Dockerfile", "Once upon a time\n");
        folder.Write("huge/Dockerfile", new string('a', 3 << 20));
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "empty", "b.Dockerfile"), [0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 255, 10], TestContext.Current.CancellationToken);
        var ended = await Shell.ConwayAsync(folder.Path, "lint", "docker", ".", "--only", "DL1000");
        Assert.Equal(
            [
                "empty/Dockerfile:1:1  error DOCKER-unreadable  The file could not be read as a Dockerfile: there is no instruction in it.",
                "empty/b.Dockerfile:1:5  error DOCKER-unreadable  The file could not be read as a Dockerfile: it is no text.",
                "huge/Dockerfile:1:1  error DOCKER-unreadable  The file could not be read as a Dockerfile: it is larger than 1 MiB.",
                "prose/Dockerfile:1:1  error DOCKER-unreadable  The file could not be read as a Dockerfile: 'Once' is no instruction.",
            ], ended.Output.Split('\n').Where(l => l.Contains("  error ", StringComparison.Ordinal)));
        Assert.Equal(1, ended.Code);
    }
}
