using System.Xml.Linq;

namespace Conway.House;

public sealed class SolutionTests
{
    private static readonly string[] Listed =
        [.. XDocument.Load(Tree.Full("Conway.slnx")).Descendants("Project").Select(p => ((string)p.Attribute("Path")!).Replace('\\', '/'))];

    [Fact]
    public void Every_project_is_in_the_solution_once_and_every_entry_exists() =>
        Said.Nothing(
        [
            .. Tree.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal) && !f.Contains("/testdata/", StringComparison.Ordinal))
                .Except(Listed).Select(f => $"{f}: not in Conway.slnx, so nobody builds it."),
            .. Listed.Where(f => !Tree.Exists(f)).Select(f => $"Conway.slnx: {f} does not exist."),
            .. Listed.GroupBy(f => f).Where(g => g.Count() > 1).Select(g => $"Conway.slnx: {g.Key} is listed {g.Count()} times."),
        ]);

    [Fact]
    public void Every_source_file_belongs_to_a_project()
    {
        var projects = Tree.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal)).ToArray();
        string[] folders =
        [
            .. projects.Select(FolderOf),
            .. from file in projects.Concat(Tree.Files.Where(f => f.EndsWith("Directory.Build.props", StringComparison.Ordinal)))
               from compiled in XDocument.Load(Tree.Full(file)).Descendants("Compile")
               select FolderOf(LinkTests.Resolve(file, ((string?)compiled.Attribute("Include") ?? "").Replace("$(MSBuildThisFileDirectory)", "", StringComparison.Ordinal).Replace('\\', '/'))),
        ];
        Said.Nothing(from file in Tree.Files
                     where file.EndsWith(".cs", StringComparison.Ordinal) && !folders.Any(f => file.StartsWith(f, StringComparison.Ordinal))
                     where !file.Contains("/testdata/", StringComparison.Ordinal)
                     select $"{file}: stands in no project's folder, so it is never compiled. Move it or remove it.");
    }

    private static string FolderOf(string file) => Path.GetDirectoryName(file)!.Replace('\\', '/') + "/";

    [Fact]
    public void Every_room_says_what_it_is_for_in_a_readme() =>
        Said.Nothing(from room in Room.All
                     let readme = room.Folder + "/README.md"
                     let text = Tree.Exists(readme) ? Tree.Read(readme) : ""
                     from part in new[] { "must never know", "main types", "dotnet test" }
                     where !text.Contains(part, StringComparison.OrdinalIgnoreCase)
                     select $"{readme}: lacks '{part}'. A newcomer asks what it is for, what it must never know, where to begin and how to test it.");

    [Fact]
    public void Every_room_has_tests() =>
        Said.Nothing(from room in Room.All
                     where !Tree.Files.Any(f => f.EndsWith($"/Conway.{room.Name}.Tests.csproj", StringComparison.Ordinal))
                     select $"{room.Project}: has no tests/{room.Floor}/Conway.{room.Name}.Tests.");

    [Fact]
    public void Versions_stand_only_in_the_central_file() =>
        Said.Nothing(from file in Tree.Files
                     where file.EndsWith(".csproj", StringComparison.Ordinal)
                     from reference in XDocument.Load(Tree.Full(file)).Descendants("PackageReference")
                     where reference.Attribute("Version") is not null
                     select $"{file}: {(string?)reference.Attribute("Include")} has a version. Versions stand in Directory.Packages.props.");
}
