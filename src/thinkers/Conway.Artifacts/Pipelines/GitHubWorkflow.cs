using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Pipelines;

/// <summary>A workflow of GitHub Actions.</summary>
/// <remarks>https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax</remarks>
internal static class GitHubWorkflow
{
    private const string Checkout = "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2";
    private const string Runner = "ubuntu-24.04";
    private const string IsReleased = "github.event_name != 'pull_request'";

    public static IReadOnlyList<ArtifactLine> Write(PipelinePlan plan)
    {
        var jobs = new YamlMap();
        if (plan.Place.Conway is { } conway)
        {
            // The folder belongs to another user than that of the container, and git asks whether that is meant.
            jobs.Set("check", Job(plan, 15, isWhole: true, Script(plan, "the model and what is generated", "git config --global --add safe.directory \"$GITHUB_WORKSPACE\"\nsh \"$SCRIPT\" check \"$BASE\"", new YamlMap().Set("BASE", "${{ github.event.pull_request.base.sha }}"))).Insert("steps", "container", Container(plan, conway, "deploy.pipeline.conway")));
        }

        var test = Job(plan, 60, isWhole: false, Script(plan, "the system's tests", "sh \"$SCRIPT\" test", null));
        jobs.Set("test", plan.Place.TestImage is { } image ? test.Insert("steps", "container", Container(plan, image, "deploy.pipeline.test-image")) : test);
        if (plan.Images.Count > 0)
        {
            jobs.Set("image", Image(plan, [.. jobs.Entries.Select(job => job.Key)]));
        }

        if (plan.Deploys)
        {
            jobs.Set("deploy", Deploy(plan, [.. jobs.Entries.Select(job => job.Key)]));
        }

        var root = new YamlMap { Origin = plan.Because(ArtifactRules.PipelineStep) }
            .Set("name", plan.Name)
            .Set("on", new YamlMap()
                .Set("push", new YamlMap().Set("branches", YamlList.Of([plan.Source.Branch])))
                .Set("pull_request", new YamlMap().Set("branches", YamlList.Of([plan.Source.Branch])))
                .Set("workflow_dispatch", new YamlMap()), ArtifactRules.PipelineBranch, "deploy.gitops.branch")
            .Set("permissions", new YamlMap(), ArtifactRules.PipelineRights, "deploy.pipeline")
            .Set("env", new YamlMap().Set("SCRIPT", plan.Script), ArtifactRules.PipelineStep, "deploy.gitops.path")
            .Set("jobs", jobs);
        return [.. YamlWriter.Write([root]), new("  " + Keep.Begin("jobs"), plan.Because(ArtifactRules.KeepRegion)), new("  " + Keep.End, plan.Because(ArtifactRules.KeepRegion))];
    }

    private static YamlText Container(PipelinePlan plan, string image, string part) => new(image) { Origin = plan.Because(ArtifactRules.PipelineRunner, part) };

    private static YamlMap Image(PipelinePlan plan, IReadOnlyList<string> needs)
    {
        var secrets = Registry(plan)
            .Set("COSIGN_PRIVATE_KEY", "${{ secrets.COSIGN_PRIVATE_KEY }}")
            .Set("COSIGN_PASSWORD", "${{ secrets.COSIGN_PASSWORD }}")
            .Set("SERVICES", "${{ matrix.services }}");
        // A list of words, which the shell is to take apart.
        var job = Job(plan, 60, isWhole: false, Script(plan, "build, scan, sign, tag", "sh \"$SCRIPT\" image $SERVICES", secrets));
        return Released(plan, job, needs, new YamlMap().Set("contents", "read").Set("packages", "write").Set("id-token", "write"))
            .Insert("steps", "strategy", new YamlMap { Origin = plan.Because(ArtifactRules.PipelineBuiltOnce, "services") }
                .Set("fail-fast", false)
                .Set("matrix", new YamlMap().Set("services", YamlList.Of(plan.Groups))));
    }

    private static YamlMap Registry(PipelinePlan plan)
    {
        var isGitHubs = (plan.System.Model.Deploy.Registry ?? "").Split('/')[0] == "ghcr.io";
        return new YamlMap { Origin = plan.Because(ArtifactRules.PipelineSecret, "deploy.registry") }
            .Set("REGISTRY_USER", isGitHubs ? "${{ github.actor }}" : "${{ secrets.REGISTRY_USER }}")
            .Set("REGISTRY_PASSWORD", isGitHubs ? "${{ secrets.GITHUB_TOKEN }}" : "${{ secrets.REGISTRY_PASSWORD }}");
    }

    private static YamlMap Deploy(PipelinePlan plan, IReadOnlyList<string> needs)
    {
        var secrets = new YamlMap { Origin = plan.Because(ArtifactRules.PipelineSecret) }
            .Set("CLUSTER", "${{ secrets.KUBECONFIG }}")
            .Set("KUBECONFIG", "${{ runner.temp }}/kubeconfig");
        var job = Job(plan, 60, isWhole: true, Script(plan, "apply, wait, or go back", "(umask 077 && printf '%s' \"$CLUSTER\" > \"$KUBECONFIG\")\nunset CLUSTER\nsh \"$SCRIPT\" deploy", secrets));
        return Released(plan, job, needs, new YamlMap().Set("contents", "read"))
            .Insert("steps", "concurrency", new YamlMap { Origin = plan.Because(ArtifactRules.PipelineAlone) }.Set("group", plan.Name).Set("cancel-in-progress", false));
    }

    /// <summary>What touches the environment, and so is a matter of its branch, rules and secrets.</summary>
    private static YamlMap Released(PipelinePlan plan, YamlMap job, IReadOnlyList<string> needs, YamlMap permissions)
    {
        job.Put("permissions", permissions)
            .Insert("runs-on", "needs", YamlList.Of(needs) with { Origin = plan.Because(ArtifactRules.PipelineOrder) })
            .Insert("runs-on", "if", new YamlText($"{IsReleased} && github.ref == 'refs/heads/{plan.Source.Branch}'") { Origin = plan.Because(ArtifactRules.PipelineBranch, "deploy.gitops.branch") });
        return plan.System.Environment is { } environment ? job.Insert("steps", "environment", new YamlText(environment) { Origin = plan.Because(ArtifactRules.PipelineSecret) }) : job;
    }

    /// <param name="isWhole">Whether all history is fetched.</param>
    private static YamlMap Job(PipelinePlan plan, int minutes, bool isWhole, YamlMap step) => new YamlMap()
        .Set("runs-on", plan.Place.Runner ?? Runner, ArtifactRules.PipelineRunner, "deploy.pipeline.runner")
        .Set("timeout-minutes", minutes, ArtifactRules.PipelineTime, "deploy.pipeline")
        .Set("permissions", new YamlMap().Set("contents", "read"), ArtifactRules.PipelineRights, "deploy.pipeline")
        .Set("steps", new YamlList(
            new YamlMap { Origin = plan.Because(ArtifactRules.PipelinePinned) }
                .Set("uses", new YamlRaw(Checkout))
                .Set("with", isWhole ? new YamlMap().Set("persist-credentials", false).Set("fetch-depth", 0) : new YamlMap().Set("persist-credentials", false)),
            step));

    private static YamlMap Script(PipelinePlan plan, string name, string run, YamlMap? variables)
    {
        var step = new YamlMap { Origin = plan.Because(ArtifactRules.PipelineStep) }.Set("name", name);
        if (variables is not null)
        {
            step.Set("env", variables);
        }

        return step.Set("run", run.Contains('\n', StringComparison.Ordinal) ? new YamlBlock(run.Split('\n')) : new YamlText(run));
    }
}
