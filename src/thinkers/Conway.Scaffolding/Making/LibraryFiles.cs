namespace Conway.Scaffolding.Making;

/// <summary>A class library that services share in their processes, and its tests.</summary>
internal static class LibraryFiles
{
    public static IEnumerable<NewFile> For(string system, string library)
    {
        var name = CodeName.Pascal(library);
        var words = new Dictionary<string, string> { ["System"] = CodeName.Pascal(system), ["library"] = library, ["Library"] = name };
        yield return new NewFile(ProjectOf(library), Template.Text("library/project.csproj", words));
        yield return new NewFile($"src/{name}/README.md", Template.Text("library/README.md", words));
        yield return new NewFile($"tests/{name}.Tests/{name}.Tests.csproj", Template.Text("library/Tests.csproj", words));
        yield return new NewFile($"tests/{name}.Tests/BorderTests.cs", Template.Text("library/BorderTests.cs", words));
    }

    public static string ProjectOf(string library) => $"src/{CodeName.Pascal(library)}/{CodeName.Pascal(library)}.csproj";
}
