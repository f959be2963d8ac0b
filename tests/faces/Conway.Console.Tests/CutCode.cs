using Conway.CodeFacts;
using Conway.Console.FromCode;
using Conway.Decomposition.Proposals;
using Conway.Planted;

namespace Conway.Console.Tests;

/// <summary>Code to cut. Facts are read once for all tests; each test weighs and edits its own.</summary>
internal static class CutCode
{
    private static readonly Lazy<Codebase> MonolithRead = new(() => Read(Path.Combine(RepositoryFolder.Root, "samples/monolith")));
    private static readonly Lazy<Codebase> LargeRead = new(ReadLarge);

    /// <summary>The sample: one shop in one program.</summary>
    public static Codebase Monolith => MonolithRead.Value;

    /// <summary>Some two thousand types.</summary>
    public static Codebase Large => LargeRead.Value;

    public static DecompositionSession Session(Codebase code, string constraints) =>
        DecompositionSession.Start(Workbench.Prepare(code, new ProposalOptions(), TestContext.Current.CancellationToken), constraints, "constraints.txt", []);

    private static Codebase Read(string folder) => CodebaseReader.Read(new DiskSourceTree(folder), new CodebaseOptions(), null, CancellationToken.None);

    private static Codebase ReadLarge()
    {
        using var folder = new ScratchFolder();
        Planter.Plant(new PlantedSettings { Modules = 20, TypesPerModule = 100 }).WriteTo(folder.Path);
        return Read(folder.Path);
    }
}

/// <summary>An empty folder, gone afterwards.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("conway cut ");

    public string Path => _folder.FullName;

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
