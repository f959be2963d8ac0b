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
    [InlineData("say what to lint: 'conway lint k8s DIR'.", "lint")]
    [InlineData("'k9s' is nothing that lint does. It is 'conway lint k8s DIR'.", "lint", "k9s")]
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
}
