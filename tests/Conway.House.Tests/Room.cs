using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Conway.House;

/// <summary>A project under <c>src/FLOOR/</c>.</summary>
/// <param name="Name">Without the prefix: <c>Gateway</c>.</param>
/// <param name="Floor">The folder it stands in: <c>engines</c>.</param>
/// <param name="Project">Its project file, from the root.</param>
internal sealed record Room(string Name, string Floor, string Project)
{
    public string Folder => Path.GetDirectoryName(Project)!.Replace('\\', '/');

    /// <summary>Rooms it names in its project file.</summary>
    public IEnumerable<string> ProjectReferences =>
        from reference in XDocument.Load(Tree.Full(Project)).Descendants("ProjectReference")
        let file = (string?)reference.Attribute("Include") ?? ""
        select NameOf(Path.GetFileNameWithoutExtension(file.Replace('\\', '/')));

    /// <summary>Rooms whose types its compiled assembly uses. Empty when it was not built.</summary>
    public IEnumerable<string> CompiledReferences()
    {
        if (Assembly is not { } file)
        {
            return [];
        }

        using var stream = File.OpenRead(file);
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        return
        [
            .. from handle in metadata.AssemblyReferences
               let name = metadata.GetString(metadata.GetAssemblyReference(handle).Name)
               where name.StartsWith("Conway.", StringComparison.Ordinal)
               select NameOf(name),
        ];
    }

    /// <summary>Its compiled assembly, or null when it was not built.</summary>
    public string? Assembly
    {
        get
        {
            var name = (string?)XDocument.Load(Tree.Full(Project)).Descendants("AssemblyName").FirstOrDefault() ?? $"Conway.{Name}";
            var file = Tree.Built($"Conway.{Name}") is { } folder ? Path.Combine(folder, name + ".dll") : null;
            return File.Exists(file) ? file : null;
        }
    }

    public static IReadOnlyList<Room> All { get; } =
    [
        .. from file in Tree.Files
           where file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".csproj", StringComparison.Ordinal)
           select new Room(NameOf(Path.GetFileNameWithoutExtension(file)), file.Split('/')[1], file),
    ];

    private static string NameOf(string project) => project.StartsWith("Conway.", StringComparison.Ordinal) ? project["Conway.".Length..] : project;
}
