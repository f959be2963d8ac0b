using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Findings;
using Conway.Model;

namespace Conway.Artifacts.Meshes;

/// <summary>What the targets of all meshes have in common.</summary>
internal static class MeshTarget
{
    /// <summary>Whether the system is in the mesh; a finding when it is not.</summary>
    public static bool IsJoined(SystemPlan system, string mesh, List<Finding> findings)
    {
        if (system.Model.Mesh == mesh)
        {
            return true;
        }

        findings.Add(ArtifactFindings.Needed("mesh", $"The system is in no mesh of this kind: 'mesh' is '{system.Model.Mesh ?? "none"}'.", $"Write 'mesh: {mesh}' in the settings of the environment."));
        return false;
    }

    /// <summary>Tells when nobody is asked who he is.</summary>
    public static void CheckIdentity(SystemPlan system, List<Finding> findings)
    {
        KubernetesTarget.CheckNamespace(system, findings);
        if (!RoutePlan.HasIdentity(system))
        {
            findings.Add(new Finding
            {
                Rule = ArtifactFindings.NotCarriedOver,
                Message = $"The mesh does not ask who calls: {(system.Model.Policies.Mtls == MtlsMode.Off ? "without TLS between services nobody can prove who he is" : "with TLS where both can, callers without it would be shut out")}.",
                Mend = $"Write 'policies: {{ mtls: {(system.Model.Policies.Mtls == MtlsMode.Off ? "strict" : "strict }' when every pod has joined, or 'policies: { mtls: permissive, default-deny: true")} }}'.",
                ModelPath = "policies.mtls",
            });
        }
    }

    /// <summary>Tells of what callers may ask for that no rule of a mesh can match.</summary>
    public static void CheckOnly(SystemPlan system, List<Finding> findings)
    {
        foreach (var plan in system.Services)
        {
            foreach (var (callee, call) in plan.Service.Calls)
            {
                foreach (var one in call.Only)
                {
                    if (PathPlan.ProblemOf(one[one.IndexOf('/', StringComparison.Ordinal)..]) is { } problem)
                    {
                        findings.Add(ArtifactFindings.Needed($"{plan.Path}.calls.{callee}.only", $"'{one}' can't be matched: {problem}.", "Write '*' for one segment, and '/**' at the end for everything below."));
                    }
                }
            }
        }
    }

    /// <summary>What the model says and a mesh does not, a line each.</summary>
    public static ArtifactFile NotSaid(string mesh, IEnumerable<(string Path, string Text)> said) =>
        new($"{mesh}/not-said.txt", [.. said.Select(one => new ArtifactLine($"{one.Path}: {one.Text}", new Origin(one.Path, ArtifactRules.MeshNotSaid)))]);
}
