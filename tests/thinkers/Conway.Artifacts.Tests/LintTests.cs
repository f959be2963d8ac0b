using Conway.ManifestLint;
using Conway.Model;

namespace Conway.Artifacts.Tests;

/// <summary>What is generated, as our own linter judges it.</summary>
public sealed class LintTests
{
    public static TheoryData<string> Systems => ["shop", "cluster", "hard", "one", "large", "edges", "sixty", "watched", "logged", "workloads", "rabbit", "scaled"];

    [Theory, MemberData(nameof(Systems))]
    public void Nothing_that_is_generated_has_a_finding(string system)
    {
        var report = Lint(system, text => text);
        Assert.Equal([], report.Findings.Select(finding => $"{finding.Rule.Code} {finding.Message}"));
        Assert.True(report.Kinds.Values.Sum() > 3);
    }

    [Fact]
    public void The_linter_sees_what_is_generated()
    {
        // The same look finds what is wrong: a monitor that selects no Service, a collector without its reason, a pod that may write.
        string[] Found(string from, string to) => [.. Lint("watched", text => text.Replace(from, to, StringComparison.Ordinal)).Findings.Select(finding => finding.Rule.Code).Distinct()];
        Assert.Contains("K8S-monitor-selects", Found("\n    matchLabels:\n      app.kubernetes.io/name: collector\n", "\n    matchLabels:\n      app.kubernetes.io/name: nothing\n"));
        Assert.Contains("K8S-replicas", Found("ignore.conway.dev/K8S-replicas", "other"));
        Assert.Contains("K8S-read-only-root", Found("readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false"));
    }

    public static TheoryData<string> Built => ["hard", "one", "large", "workloads", "watched", "cluster"];

    [Theory, MemberData(nameof(Built))]
    public void No_dockerfile_that_is_generated_has_a_finding(string system)
    {
        var report = LintImages(system, text => text, new LintOptions());
        Assert.Equal([], report.Findings.Select(finding => finding.ToString()));
        Assert.NotEmpty(report.Files);

        // What an optional rule says was decided otherwise, and stands in the reference.
        Assert.Equal([], LintImages(system, text => text, new LintOptions { WithOptional = true, Skip = ["DOCKER-image-digest", "DOCKER-minimal-base", "DOCKER-healthcheck", "DOCKER-labels"] }).Findings.Select(finding => finding.ToString()));
    }

    [Fact]
    public void The_linter_sees_what_is_in_a_generated_dockerfile()
    {
        string[] Found(string from, string to) => [.. LintImages("hard", text => text.Replace(from, to, StringComparison.Ordinal), new LintOptions()).Findings.Select(finding => finding.Rule.Code).Distinct()];
        Assert.Contains("DOCKER-root-user", Found("USER 10001:10001", "USER 0"));
        Assert.Contains("DOCKER-restore-first", Found("FROM ${SDK} AS build\n", "FROM ${SDK} AS build\nCOPY . ./\n"));
        Assert.Contains("DOCKER-json-command", Found("ENTRYPOINT [", "ENTRYPOINT exec ["));
    }

    private static LintReport LintImages(string system, Func<string, string> change, LintOptions options)
    {
        var files = Some.Written("containers", Model(system), system == "hard" ? Some.HardFacts : null);
        return DockerLinter.Lint(files.Values.Where(file => file.Path.EndsWith("/Dockerfile", StringComparison.Ordinal)).Select(file => new DockerText(file.Path, change(file.Text), files.ContainsKey($"{file.Path}.dockerignore"))), options, TestContext.Current.CancellationToken);
    }

    private static LintReport Lint(string system, Func<string, string> change)
    {
        var model = Model(system);
        IEnumerable<WrittenFile> files = system is "edges" ? [] : Some.Written("kubernetes", model, system == "hard" ? Some.HardFacts : null).Values;
        files = files.Concat(Some.Written("observability", model).Values.Where(file => file.Path.StartsWith("observability/kubernetes/", StringComparison.Ordinal)));
        return ManifestLinter.Lint(files.Select(file => (file.Path, change(file.Text))), new LintOptions(), TestContext.Current.CancellationToken);
    }

    private static SystemModel Model(string system) => system switch
    {
        "shop" => ObservabilityTests.Shop(),
        "cluster" => Some.Model(Some.Cluster),
        "hard" => Some.Model(Some.Hard),
        "one" => Some.Large(1),
        "large" => Some.Large(60),
        "edges" => Some.Model(ObservabilityTests.Edges),
        "sixty" => ObservabilityTests.Sixty() is var sixty ? sixty with { Deploy = sixty.Deploy with { Reach = new NameMap<string>([.. sixty.Deploy.Reach, KeyValuePair.Create("telemetry", "observability:4318")]) } } : null!,
        "logged" => Some.Model(Some.Logged("{ to: elastic, address: \"http://elastic.data:9200\", secret: writer }")),
        "workloads" or "rabbit" or "scaled" => Rendered.Model(system),
        _ => Some.Model(Some.Watched),
    };
}
