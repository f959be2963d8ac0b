namespace Conway.Scaffolding.Making;

/// <summary>A rule of the team's own as a test in C#, in the one project of the system for such tests.</summary>
internal static class RuleFiles
{
    /// <summary>The package that reads the model and judges it.</summary>
    public const string Package = "Conway.Rules";

    private const string Project = "tests/ArchitectureTests/ArchitectureTests.csproj";

    /// <param name="rule">As an expression over the services.</param>
    public static IEnumerable<NewFile> For(string system, string name, string rule, string because)
    {
        var words = new Dictionary<string, string>
        {
            ["System"] = CodeName.Pascal(system),
            ["Rule"] = CodeName.Pascal(name),
            ["rule"] = rule,
            ["because"] = CSharpText.Of(because),
            ["using"] = rule.Contains("DependencyKind.", StringComparison.Ordinal) ? "using Conway.Model;\n" : "",
        };
        yield return new NewFile(Project, Template.Text("rule/project.csproj", words)) { IsShared = true };
        yield return new NewFile($"tests/ArchitectureTests/{words["Rule"]}Tests.cs", Template.Text("rule/RuleTests.cs", words));
    }

    public static FileEdit Version(string version) =>
        new LineEdit("Directory.Packages.props", $"<PackageVersion Include=\"{Package}\" Version=\"{version}\" />", ["<PackageVersion "]) { Known = $"\"{Package}\"" };

    public static IEnumerable<FileEdit> InSolution(string? solution) =>
        solution is null ? [] : [new LineEdit(solution, $"<Project Path=\"{Project}\" />", ["</Solution>"]) { Above = true, Known = $"\"{Project}\"" }];
}
