namespace Conway.Scaffolding.Making;

/// <summary>What every .NET service of a system shares: settings, versions, and where packages come from.</summary>
internal static class SystemFiles
{
    /// <summary>The package of the service library.</summary>
    public const string Library = "Conway.Service";

    private static readonly string[] Packages = [Library, "Microsoft.AspNetCore.Mvc.Testing", "Microsoft.NET.Test.Sdk", "xunit.runner.visualstudio", "xunit.v3"];

    public static IEnumerable<NewFile> For(string system, string version)
    {
        var words = new Dictionary<string, string> { ["system"] = system, ["System"] = CodeName.Pascal(system), ["version"] = version };
        foreach (var (name, path) in new[] { ("Directory.Build.props", ""), ("Directory.Packages.props", ""), ("editorconfig", "."), ("gitignore", "."), ("global.json", ""), ("nuget.config", "") })
        {
            yield return new NewFile(path + name, Template.Text($"system/{name}", words)) { IsShared = true };
        }
    }

    /// <summary>The versions of what services need, for a system whose file of versions was there before.</summary>
    public static IEnumerable<FileEdit> Versions(string version)
    {
        var lines = Template.Text("system/Directory.Packages.props", new Dictionary<string, string> { ["version"] = version }).Split('\n').Select(line => line.Trim());
        return Packages.Select(name => new LineEdit("Directory.Packages.props", lines.First(line => line.Contains($"\"{name}\"", StringComparison.Ordinal)), ["<PackageVersion "]) { Known = $"\"{name}\"" });
    }
}
