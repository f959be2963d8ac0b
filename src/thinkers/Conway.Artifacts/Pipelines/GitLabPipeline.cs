using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Pipelines;

/// <summary>Jobs for GitLab CI, in a file that the project's own includes.</summary>
/// <remarks>https://docs.gitlab.com/ci/yaml. Jobs are named by their environment, since several such files may be included.</remarks>
internal static class GitLabPipeline
{
    private const string Docker = "docker.io/library/docker:28.3.3-git";
    private const string Engine = "docker.io/library/docker:28.3.3-dind";
    private const string Cluster = "docker.io/alpine/k8s:1.33.3";
    private const string IsBranch = "$CI_COMMIT_BRANCH == ";

    public static IReadOnlyList<ArtifactLine> Write(PipelinePlan plan)
    {
        var root = new YamlMap { Origin = plan.Because(ArtifactRules.PipelineStep) }
            .Set("stages", YamlList.Of(["check", "test", "image", "deploy"]), ArtifactRules.PipelineOrder, "deploy.pipeline");
        if (plan.Place.Conway is { } conway)
        {
            root.Set($"{plan.Name} check", Proposed(plan, "check", 15, "check \"${CI_MERGE_REQUEST_DIFF_BASE_SHA:-}\"").Put("image", Image(plan, conway, "deploy.pipeline.conway")).Set("variables", new YamlMap().Set("GIT_DEPTH", "0")));
        }

        var test = Proposed(plan, "test", 60, "test");
        root.Set($"{plan.Name} test", plan.Place.TestImage is { } image ? test.Put("image", Image(plan, image, "deploy.pipeline.test-image")) : test);
        if (plan.Images.Count > 0)
        {
            root.Set($"{plan.Name} image", Released(plan, "image", 60, "image $SERVICES")
                .Set("image", Docker)
                .Set("services", YamlList.Of([Engine]))
                .Set("parallel", new YamlMap { Origin = plan.Because(ArtifactRules.PipelineBuiltOnce, "services") }.Set("matrix", new YamlList(new YamlMap().Set("SERVICES", YamlList.Of(plan.Groups)))))
                // The engine sees the folder of builds and no other.
                .Set("variables", new YamlMap { Origin = plan.Because(ArtifactRules.PipelineSecret) }.Set("DOCKER_CONFIG", "$CI_BUILDS_DIR/.docker-$CI_JOB_ID").Set("DOCKER_TLS_CERTDIR", "/certs"))
                .Set("id_tokens", new YamlMap { Origin = plan.Because(ArtifactRules.PipelineRights) }.Set("SIGSTORE_ID_TOKEN", new YamlMap().Set("aud", "sigstore")))
                .SetIf(plan.System.Environment is not null, "environment", () => Environment(plan, "prepare")));
        }

        if (plan.Deploys)
        {
            root.Set($"{plan.Name} deploy", Released(plan, "deploy", 60, "deploy")
                .Set("image", new YamlMap().Set("name", Cluster).Set("entrypoint", YamlList.Of([""])))
                .Set("variables", new YamlMap { Origin = plan.Because(ArtifactRules.PipelineBack) }.Set("GIT_DEPTH", "0"))
                .SetIf(plan.System.Environment is not null, "environment", () => Environment(plan, "start"))
                .Set("resource_group", plan.Name, ArtifactRules.PipelineAlone, "deploy.pipeline")
                .Set("interruptible", false, ArtifactRules.PipelineAlone, "deploy.pipeline"));
        }

        return [.. YamlWriter.Write([root]), new(Keep.Begin("jobs"), plan.Because(ArtifactRules.KeepRegion)), new(Keep.End, plan.Because(ArtifactRules.KeepRegion))];
    }

    private static YamlMap Image(PipelinePlan plan, string name, string part) =>
        new YamlMap { Origin = plan.Because(ArtifactRules.PipelineRunner, part) }.Set("name", name).Set("entrypoint", YamlList.Of([""]));

    private static YamlMap Environment(PipelinePlan plan, string action) =>
        new YamlMap { Origin = plan.Because(ArtifactRules.PipelineSecret) }.Set("name", plan.System.Environment!).Set("action", action);

    /// <summary>For the branch, and for what is proposed to it.</summary>
    private static YamlMap Proposed(PipelinePlan plan, string stage, int minutes, string step) => Job(plan, stage, minutes, step, [
        new YamlMap().Set("if", $"$CI_MERGE_REQUEST_TARGET_BRANCH_NAME == \"{plan.Source.Branch}\""),
        new YamlMap().Set("if", $"{IsBranch}\"{plan.Source.Branch}\"")]);

    private static YamlMap Released(PipelinePlan plan, string stage, int minutes, string step) => Job(plan, stage, minutes, step, [new YamlMap().Set("if", $"{IsBranch}\"{plan.Source.Branch}\"")]);

    private static YamlMap Job(PipelinePlan plan, string stage, int minutes, string step, IReadOnlyList<YamlNode> rules)
    {
        var job = new YamlMap { Origin = plan.Because(ArtifactRules.PipelineStep) }
            .Set("stage", stage, ArtifactRules.PipelineOrder, "deploy.pipeline")
            .Set("rules", new YamlList([.. rules]) { Origin = plan.Because(ArtifactRules.PipelineBranch, "deploy.gitops.branch") })
            .Set("timeout", $"{minutes} minutes", ArtifactRules.PipelineTime, "deploy.pipeline");
        if (plan.Place.Runner is { } runner)
        {
            job.Set("tags", YamlList.Of([runner]), ArtifactRules.PipelineRunner, "deploy.pipeline.runner");
        }

        return job.Set("script", YamlList.Of([$"sh {ScriptText.Word(plan.Script)} {step}"]));
    }
}
