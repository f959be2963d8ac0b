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

    /// <summary>The day on which a model is judged.</summary>
    public static DateOnly Today(Terminal terminal) => DateOnly.FromDateTime(terminal.Time.GetLocalNow().DateTime);

    /// <summary>What reading and all checks found, placed and in order of reading, and what could not be looked at.</summary>
    /// <param name="subject">The model with what else is known.</param>
    /// <param name="others">What was found by reading that.</param>
    public CheckReport Judge(CheckSubject subject, IReadOnlyList<Finding> others)
    {
        var report = CheckCatalog.Judge(subject, [.. Read.Findings, .. others, .. JourneyCheck.Check(Model.Journeys), .. DecisionFolder.Judge(Location, Read)]);
        return report with
        {
            Findings = Read.Map.Place(report.Findings),
            Suppressed = [.. report.Suppressed.Select(s => s with { Finding = Read.Map.Place(s.Finding) })],
        };
    }
}
