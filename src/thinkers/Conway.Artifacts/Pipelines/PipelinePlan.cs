using Conway.Artifacts.GitOps;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Findings;
using Conway.Model;

namespace Conway.Artifacts.Pipelines;

/// <summary>What a pipeline does for one environment, whoever runs it.</summary>
/// <param name="Test">The command that tests the system.</param>
/// <param name="Images">Services whose images are built here, by name.</param>
internal sealed record PipelinePlan(SystemPlan System, string Test, IReadOnlyList<ServicePlan> Images)
{
    // A matrix of GitHub has at most 256 jobs, one of GitLab 200.
    private const int GroupsMax = 100;

    public PipelinePlace Place => System.Model.Deploy.Pipeline;

    public GitOpsPlace Source => System.Model.Deploy.Gitops;

    /// <summary>Of the system in this environment, in names of jobs and files.</summary>
    public string Name => System.Environment is { } environment ? $"{ObjectNames.Label(System.Model.System)}-{environment}" : ObjectNames.Label(System.Model.System);

    public string Namespace => KubeMetadata.NamespaceOf(System);

    /// <summary>Whether the pipeline itself applies what is generated.</summary>
    public bool Deploys => Source.By is null;

    /// <summary>The script, from the root of the repository.</summary>
    public string Script => $"{GitOpsPlan.RootOf(System.Model, System.Environment)}/pipeline/release.sh";

    /// <summary>Words behind the step: services whose images one job builds, of one length so that no matrix is too large.</summary>
    public IReadOnlyList<string> Groups => [.. Images.Select(service => service.Label).Chunk(Math.Max(1, (Images.Count + GroupsMax - 1) / GroupsMax)).Select(group => string.Join(' ', group))];

    /// <summary>Null, and a finding, when something is not said that only somebody can know.</summary>
    public static PipelinePlan? Of(SystemPlan system, List<Finding> findings)
    {
        if (system.Model.Deploy.Pipeline.Test is not { } test)
        {
            findings.Add(ArtifactFindings.Needed("deploy.pipeline.test", "It is not said how the system is tested, and nothing is released untested.", "Write 'deploy: { pipeline: { test: ./test } }' with the command that tests yours."));
            return null;
        }

        return new PipelinePlan(system, test.Trim(), [.. system.Services.Where(service => service.Service.Image is null)]);
    }

    public Origin Because(ArtifactRule rule, string? part = null) => new(part ?? "deploy.pipeline", rule);
}
