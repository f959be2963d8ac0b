namespace Conway.Scaffolding.Making;

/// <summary>What a .NET project needs to have messages made of a contract in Protocol Buffers, and to speak gRPC.</summary>
internal static class GrpcFiles
{
    public const string Versions = "Directory.Packages.props";

    public const string Library = "Conway.Service.Grpc";

    private const string Compiler = "Grpc.Tools";

    /// <summary>Packages, and what messages are made of.</summary>
    /// <param name="project">The project file.</param>
    /// <param name="files">Relative to its folder.</param>
    /// <param name="root">From where imports are written.</param>
    public static IEnumerable<FileEdit> Edits(string project, string files, string root, string version)
    {
        yield return new LineEdit(project, $"<PackageReference Include=\"{Library}\" />", ["<PackageReference "]) { Known = $"\"{Library}\"" };
        yield return new LineEdit(project, $"<PackageReference Include=\"{Compiler}\" PrivateAssets=\"all\" />", ["<PackageReference "]) { Known = $"\"{Compiler}\"" };
        yield return new LineEdit(project, $"<Protobuf Include=\"{files}\" ProtoRoot=\"{root}\" GrpcServices=\"None\" Access=\"Internal\" />", ["<Protobuf ", "<PackageReference "]) { Known = $"Include=\"{files}\"" };
        yield return new LineEdit(Versions, $"<PackageVersion Include=\"{Library}\" Version=\"{version}\" />", ["<PackageVersion "]) { Known = $"\"{Library}\"" };
        yield return new LineEdit(Versions, Template.Text("grpc/versions.props", new Dictionary<string, string>()).Trim(), ["<PackageVersion "]) { Known = $"\"{Compiler}\"" };
    }
}
