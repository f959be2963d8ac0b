using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Findings;
using Conway.Model;

namespace Conway.Artifacts;

/// <summary>What it takes to bring a system from one machine to an environment.</summary>
/// <param name="Namespace">Of the cluster, in which it runs there.</param>
/// <param name="Parts">What a run has, and what stands for it there.</param>
/// <param name="Needs">What must be there before anything is applied, and is not generated.</param>
/// <param name="Sizes">What each service and job asks the cluster for.</param>
/// <param name="Findings">What is missing or could not be carried over, each once. With an error among them nothing can be generated.</param>
public sealed record EnvironmentPlan(string Namespace, IReadOnlyList<MovedPart> Parts, IReadOnlyList<ClusterNeed> Needs, IReadOnlyList<WorkloadSize> Sizes, IReadOnlyList<Finding> Findings)
{
    /// <summary>The same values give the same plan.</summary>
    /// <param name="local">The system as a run has it: without the settings of an environment.</param>
    /// <param name="model">The system with those of the environment.</param>
    /// <param name="environment">Name of the environment; null for none.</param>
    /// <param name="facts">What the system's files say.</param>
    public static EnvironmentPlan Of(SystemModel local, SystemModel model, string? environment, BuildFacts facts)
    {
        var trees = ArtifactCatalog.All.Where(target => target.IsPartOfAll(model)).Select(target => (target.Name, target.Generate(model, environment, facts))).ToArray();
        var system = SystemPlan.Of(model, environment, facts, []);
        var groups = KubeGroup.All(system, []);
        var needs = ClusterNeeds.Of(system, groups, trees);
        return new EnvironmentPlan(KubeMetadata.NamespaceOf(system), MovedParts.Of(local, system), needs, WorkloadSizes.Of(groups),
            [.. trees.SelectMany(tree => tree.Item2.Findings).Concat(Unsized(system)).Concat(ByHand(system, needs)).DistinctBy(finding => (finding.Code, finding.ModelPath, finding.Message))]);
    }

    private static IEnumerable<Finding> Unsized(SystemPlan system) =>
        from plan in system.Services
        where plan.Service.Replicas > 0 && plan.Service.Load?.Requests is null && (plan.Service.Resources?.Cpu is null || plan.Service.Resources.Memory is null)
        select new Finding
        {
            Rule = ArtifactFindings.Unsized,
            Message = $"Nothing says how much '{plan.Name}' has to carry, so it asks for the least.",
            Mend = $"Write what it is asked for: 'load: 200/s'; or what a replica needs: 'resources: {{ cpu: 500m, memory: 512MiB }}'.",
            ModelPath = plan.Path,
        };

    private static IEnumerable<Finding> ByHand(SystemPlan system, IReadOnlyList<ClusterNeed> needs) =>
        from need in needs
        where need.Kind == "Secret" && need.Keys.Count > 0
        select new Finding
        {
            Rule = ArtifactFindings.SecretByHand,
            Message = $"Nothing makes the Secret '{need.Name}', which '{need.For[0]}' takes {(need.Keys.Count == 1 ? $"'{need.Keys[0]}'" : $"{need.Keys.Count} values")} from.",
            Mend = "Write 'deploy: { secret-store: NAME }' with a ClusterSecretStore of the External Secrets operator, or make the Secret before anything is applied.",
            ModelPath = need.Path,
        };
}

/// <summary>A part of a run, and what stands for it in an environment.</summary>
/// <param name="Part">What it does, in a word or two.</param>
/// <param name="Here">What does it in a run; null for nothing.</param>
/// <param name="There">What does it in the environment; null for nothing.</param>
/// <param name="For">Whom or what it is for.</param>
/// <param name="Path">The part of the model that says so.</param>
public sealed record MovedPart(string Part, string? Here, string? There, string For, string Path);

/// <summary>Something that a cluster must have.</summary>
/// <param name="Kind">What it is: <c>API</c>, or the kind of an object.</param>
/// <param name="Name">Its name; with its namespace and a slash before it where it is not in that of the system.</param>
/// <param name="Keys">What of it is used: kinds of an API, keys of a Secret, entries of a store; sorted.</param>
/// <param name="For">Names of those who use it, sorted.</param>
/// <param name="Path">The part of the model that asks for it.</param>
public sealed record ClusterNeed(string Kind, string Name, IReadOnlyList<string> Keys, IReadOnlyList<string> For, string Path);

/// <summary>What a service or a job asks the cluster for.</summary>
/// <param name="Name">In the model.</param>
/// <param name="Kind">Of the object that runs it.</param>
/// <param name="Least">Replicas that always run.</param>
/// <param name="Most">Replicas that may run.</param>
/// <param name="Cpu">Thousandths of a processor, for each.</param>
/// <param name="Memory">Mebibytes, for each.</param>
/// <param name="Path">In the model.</param>
public sealed record WorkloadSize(string Name, string Kind, int Least, int Most, int Cpu, int Memory, string Path);
