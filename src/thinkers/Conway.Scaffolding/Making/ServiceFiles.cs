namespace Conway.Scaffolding.Making;

/// <summary>A .NET service that serves nothing yet, and its tests.</summary>
internal static class ServiceFiles
{
    public static IReadOnlyDictionary<string, string> Words(string system, string service) =>
        new Dictionary<string, string> { ["system"] = system, ["System"] = CodeName.Pascal(system), ["service"] = service, ["Service"] = CodeName.Pascal(service) };

    public static IEnumerable<NewFile> For(string system, string service)
    {
        var (words, name) = (Words(system, service), CodeName.Pascal(service));
        yield return new NewFile($"src/{name}/{name}.csproj", Template.Text("service/project.csproj", words));
        yield return new NewFile($"src/{name}/Program.cs", Template.Text("service/Program.cs", words));
        yield return new NewFile($"src/{name}/Contract.cs", Template.Text("service/Contract.cs", words));
        yield return new NewFile($"src/{name}/openapi.json", Template.Text("service/openapi.json", words));
        yield return new NewFile($"tests/{name}.Tests/{name}.Tests.csproj", Template.Text("tests/project.csproj", words));
        yield return new NewFile($"tests/{name}.Tests/ServiceTests.cs", Template.Text("tests/ServiceTests.cs", words));
    }

    public static IEnumerable<FileEdit> InSolution(string? solution, string service)
    {
        var name = CodeName.Pascal(service);
        return solution is null ? [] : new[] { $"src/{name}/{name}.csproj", $"tests/{name}.Tests/{name}.Tests.csproj" }
            .Select(project => new LineEdit(solution, $"<Project Path=\"{project}\" />", ["</Solution>"]) { Above = true, Known = $"\"{project}\"" });
    }
}
