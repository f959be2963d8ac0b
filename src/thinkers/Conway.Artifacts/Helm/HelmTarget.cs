using System.Text.RegularExpressions;
using Conway.Artifacts.Kubernetes;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Findings;

namespace Conway.Artifacts.Helm;

/// <summary>A Helm chart of the same objects as the plain manifests: with its own values it gives exactly those.</summary>
internal static partial class HelmTarget
{
    // Versions of a chart must be of SemVer; a system's need not.
    private const string NoVersion = "0.0.0";

    public static IEnumerable<ArtifactFile> Files(SystemPlan system, List<Finding> findings)
    {
        var chart = new HelmChart(system, KubeGroup.All(system, findings));
        return [Chart(chart), new HelmValues(chart).File(), new HelmSchema(chart).File(), Ignore(chart), HelmHelpers.File(chart), HelmNotes.File(chart), .. new HelmTemplates(chart).Files()];
    }

    private static ArtifactFile Chart(HelmChart chart)
    {
        var model = chart.System.Model;
        var version = model.Deploy.Version;
        var map = new YamlMap { Origin = new Origin("system", ArtifactRules.HelmChart) }
            .Set("apiVersion", "v2").Set("name", chart.Name);
        if (model.Description is { Length: > 0 } description)
        {
            map.Set("description", description, ArtifactRules.HelmChart, "description");
        }

        map.Set("type", "application").Set("version", Semantic().Match(version ?? "") is { Success: true } match ? match.Groups[1].Value : NoVersion, ArtifactRules.HelmChart, "deploy.version");
        if (version is not null)
        {
            map.Set("appVersion", new YamlRaw($"\"{version}\""), ArtifactRules.HelmChart, "deploy.version");
        }

        return new(chart.File("Chart.yaml"), YamlWriter.Write([map.Set("kubeVersion", ">=1.31.0-0")]));
    }

    private static ArtifactFile Ignore(HelmChart chart)
    {
        var origin = new Origin("", ArtifactRules.HelmIgnore);
        string[] patterns = [".git/", ".gitignore", ".vscode/", ".idea/", "*.swp", "*.bak", "*.tmp", "*.orig", "*~", "*.new", "*.tgz"];
        return new(chart.File(".helmignore"), [.. patterns.Select(pattern => new ArtifactLine(pattern, origin))]);
    }

    [GeneratedRegex(@"^v?((0|[1-9][0-9]{0,9})\.(0|[1-9][0-9]{0,9})\.(0|[1-9][0-9]{0,9})(-(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(\.(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*)?)\z")]
    private static partial Regex Semantic();
}
