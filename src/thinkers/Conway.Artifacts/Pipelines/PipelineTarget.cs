using Conway.Artifacts.Plans;
using Conway.Findings;

namespace Conway.Artifacts.Pipelines;

/// <summary>What brings a commit to an environment: a script with the steps, and the orders of whoever runs them.</summary>
internal static class PipelineTarget
{
    /// <summary>As <c>deploy.pipeline.by</c> names it.</summary>
    public const string GitHub = "github";

    /// <summary>Likewise.</summary>
    public const string GitLab = "gitlab";

    public static IEnumerable<ArtifactFile> Files(SystemPlan system, List<Finding> findings)
    {
        if (system.Model.Deploy.Pipeline.By is not { } by)
        {
            findings.Add(ArtifactFindings.Needed("deploy.pipeline.by", "It is not said what runs the pipeline.", "Write 'deploy: { pipeline: { by: github, test: ./test } }', or gitlab or jenkins, in the settings of the environment."));
            yield break;
        }

        if (PipelinePlan.Of(system, findings) is { } plan)
        {
            yield return new ArtifactFile("pipeline/release.sh", ReleaseScript.Write(plan));
            yield return by switch
            {
                GitHub => new ArtifactFile($"{RepositoryPlace.Workflows}/{plan.Name}.yml", GitHubWorkflow.Write(plan)),
                GitLab => new ArtifactFile("pipeline/gitlab-ci.yml", GitLabPipeline.Write(plan)),
                _ => new ArtifactFile("pipeline/Jenkinsfile", JenkinsPipeline.Write(plan)),
            };
        }
    }
}
