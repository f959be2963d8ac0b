using Conway.Checks;
using Conway.Findings;
using Conway.Model;
using Conway.Reader;
using Conway.Testing;

namespace Conway.Cli;

/// <summary>A model as it was read from disk.</summary>
public sealed record LoadedModel(ModelLocation Location, ReadResult Read)
{
    public SystemModel Model => Read.Model;

    /// <param name="location">Where it is.</param>
    /// <param name="environment">Name of the overlay; null for none.</param>
    /// <param name="terminal">Whose environment variables count.</param>
    public static LoadedModel Load(ModelLocation location, string? environment, Terminal terminal) =>
        new(location, ModelReader.Read(
            new DiskFileTree(location.Folder), location.File,
            new ReadOptions { Environment = environment, GetEnvironmentVariable = terminal.Variable }));

    /// <summary>What reading and all checks found, in order of reading.</summary>
    public IReadOnlyList<Finding> AllFindings() => Read.Map.Place(Read.Findings.Concat(JourneyCheck.Check(Model.Journeys)).Concat(CheckCatalog.Check(Model)));
}
