using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Meshes;
using Conway.Findings;
using Conway.Model;

namespace Conway.Artifacts.Plans;

/// <summary>What all ways to say a route agree on: who answers which share, and by which name the callee knows the route.</summary>
internal static class RoutePlan
{
    /// <summary>The header by which the callee learns the route. The gateway sets it, so nobody outside can.</summary>
    public const string Header = "conway-route";

    private const int Hundred = 100;
    private const int Fine = 10_000;

    /// <summary>Whether tokens of routes are asked for: there is a mesh that can, and it knows who the gateway is.</summary>
    public static bool AsksForTokens(SystemPlan system) => Mesh.Of(system).ReadsTokens && HasIdentity(system) && !EdgeObjects.IsIngress(system);

    /// <summary>Whether the mesh decides by who calls: with TLS or nothing, or when only declared calls are allowed and TLS is possible.</summary>
    public static bool HasIdentity(SystemPlan system) => system.Model.Policies.Mtls == MtlsMode.Strict || (system.Model.Policies.Mtls == MtlsMode.Permissive && system.Model.Policies.DefaultDeny);

    /// <summary>Whether the callee has to know the route: some route to one of those that answer asks for a token.</summary>
    public static bool IsNamed(SystemPlan system, Route route) => AsksForTokens(system) && route.Answering().Any(name => IsProtected(system, name));

    /// <summary>Whether a route to the service asks for a token.</summary>
    public static bool IsProtected(SystemPlan system, string service) => system.Protected.Contains(service);

    /// <summary>Another for each route that differs in anything.</summary>
    public static string NameOf(Route route) => ObjectNames.Hash(string.Join('\n',
        [route.Path, route.Host ?? "", .. route.Methods, .. route.Headers.Select(one => $"{one.Key}={one.Value}"), .. route.Query.Select(one => $"{one.Key}={one.Value}"), .. route.Auth?.Scopes.Select(scope => "+" + scope) ?? []]));

    /// <summary>Who answers, with weights whose sum is 100, or 10,000 where a share is finer than a hundredth; those with nothing are left out.</summary>
    public static IReadOnlyList<(string Service, int Weight, string Path)> Shares(SystemPlan system, Route route, string path)
    {
        var whole = route.Split.Values.All(share => share.Percent == Math.Floor(share.Percent)) ? Hundred : Fine;
        var others = route.Split.Where(share => system.Model.Services.ContainsKey(share.Key)).OrderBy(share => share.Key, StringComparer.Ordinal)
            .Select(share => (share.Key, Weight: (int)Math.Round(share.Value.Fraction * whole), Path: $"{path}.split.{share.Key}")).ToArray();
        return [.. others.Prepend((route.To, whole - others.Sum(share => share.Weight), $"{path}.to")).Where(share => share.Item2 > 0).Select(share => (system[share.Item1].Label, share.Item2, share.Item3))];
    }

    /// <summary>What cannot be carried over however a route is said.</summary>
    public static void Check(SystemPlan system, Route route, string path, List<Finding> findings)
    {
        if (PathPlan.ProblemOf(route.Path) is { } problem)
        {
            findings.Add(ArtifactFindings.Needed($"{path}.path", $"The path '{route.Path}' can't be matched: {problem}.", "Write '*' for one segment, and '/**' at the end for everything below."));
        }

        if (route.Auth is null || !AsksForTokens(system))
        {
            return;
        }

        foreach (var (key, value, what, example) in new[] { ("issuer", system.Model.Deploy.Tokens.Issuer, "who issues them", "https://id.example.com"), ("keys", system.Model.Deploy.Tokens.Keys, "where the keys are that they are signed with", "https://id.example.com/keys") })
        {
            var at = $"deploy.tokens.{key}";
            if (value is null && findings.All(finding => finding.ModelPath != at))
            {
                findings.Add(ArtifactFindings.Needed(at, $"The route '{route.Path}' asks for tokens, and the model does not say {what}.", $"Write 'deploy: {{ tokens: {{ {key}: \"{example}\" }} }}' with your own value, in the settings of the environment."));
            }
        }
    }
}
