using Conway.ManifestLint;
using Conway.Model;

namespace Conway.Artifacts.Tests.Mesh;

/// <summary>What holds for the generated files of every mesh.</summary>
internal static class MeshFiles
{
    /// <summary>Reads the objects of a mesh, as a cluster would.</summary>
    /// <param name="change">What is done to the text of each file before.</param>
    public static async Task<KubeObjects> ReadAsync(string mesh, SystemModel model, Func<string, string>? change = null, bool validate = false)
    {
        using var folder = new TemporaryFolder();
        folder.Write(Some.Written(mesh, model).Values.Select(file => file with { Text = change?.Invoke(file.Text) ?? file.Text }));
        return await KubeObjects.ReadFolderAsync(Path.Combine(folder.Path, mesh), validate);
    }

    public static void AreTheSameAgainAndKnowTheirRules(string mesh, SystemModel model)
    {
        var files = Some.Written(mesh, model);
        Assert.Equal(files.Select(file => file.Value.Text), Some.Written(mesh, model).Select(file => file.Value.Text));
        Assert.All(files.Values, file => Assert.Equal(file.Text.Count(c => c == '\n'), file.Origins.Count));
        Assert.All(files.Values.SelectMany(file => file.Origins), origin => Assert.Contains(origin!.Rule, ArtifactRules.All));
    }

    public static void HaveNoFinding(string mesh, SystemModel model, BuildFacts? facts)
    {
        var files = Some.Written("kubernetes", model, facts).Values.Concat(Some.Written(mesh, model).Values.Where(file => file.Path.EndsWith(".yaml", StringComparison.Ordinal)));
        Assert.Equal([], ManifestLinter.Lint(files.Select(file => (file.Path, file.Text)), new LintOptions(), TestContext.Current.CancellationToken).Findings.Select(finding => $"{finding.Rule.Code} {finding.Message}"));
    }

    public static async Task AreRenderedAlikeAsync(string target, params SystemModel[] models)
    {
        foreach (var model in models)
        {
            var rendered = await Rendered.OfAsync(model, target: target);
            Assert.Equal([], rendered.Lint);
            Assert.Equal([], target == "helm" ? rendered.Helm : rendered.Kustomize);
        }
    }

    /// <summary>Models of systems that know nothing of a mesh, by name.</summary>
    public static SystemModel Plain(string system) => system switch
    {
        "shop" => Rendered.Shop(),
        "large" => Some.Large(60),
        "one" => Some.Large(1),
        "cluster" => Some.Model(Some.Cluster),
        "workloads" => Some.Model(Some.WorkloadsPlain),
        "hard" => Some.Model(Some.Hard),
        _ => throw new ArgumentOutOfRangeException(nameof(system), system, null),
    };
}
