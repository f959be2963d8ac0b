using Conway.Builds;
using Conway.Findings;
using Conway.Lowering;
using Conway.Model;
using Conway.Reader;
using Conway.Testing;

namespace Conway.Node;

/// <summary>A model as it was read and judged.</summary>
/// <param name="Findings">All of them, placed and in order of reading.</param>
/// <param name="Files">Every file it was read from, and those whose coming would change it; relative to the folder.</param>
internal sealed record LoadedModel(SystemModel Model, SourceMap Map, IReadOnlyList<Finding> Findings, IReadOnlyList<string> Files)
{
    /// <summary>Whether the text itself is wrong, so that it says no model. What a check thinks of a model, however bad, does not keep it from running.</summary>
    public required bool IsBroken { get; init; }

    /// <summary>Reads and judges. Never throws for a mistake in the files.</summary>
    public static LoadedModel Load(NodeOptions options)
    {
        var read = ModelReader.Read(
            new DiskFileTree(options.Folder), options.ModelFile,
            new ReadOptions { Environment = options.Environment, GetEnvironmentVariable = System.Environment.GetEnvironmentVariable });
        var findings = read.Map.Place(options.Judge(read.Model, [.. read.Findings, .. JourneyCheck.Check(read.Model.Journeys)]));
        return new LoadedModel(read.Model, read.Map, findings, read.Files) { IsBroken = read.HasErrors };
    }

    /// <summary>The same model with only these services, for <c>--only</c>.</summary>
    public SystemModel Narrowed(IReadOnlyList<string> only) =>
        only.Count == 0 ? Model : Model with { Services = new NameMap<Service>(Model.Services.Where(s => only.Contains(s.Key))) };

    /// <summary>The facts about files that lowering needs.</summary>
    public static LoweringFacts Facts(SystemModel model, NodeOptions options, string run, IReadOnlyDictionary<string, int> ports, bool keep)
    {
        var projects = new Dictionary<string, string>(StringComparer.Ordinal);
        var ours = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, service) in model.Services)
        {
            if (service.Project is { } project && ProjectFile.Find(options.Folder, project) is { } file)
            {
                projects[name] = file;
                if (ProjectFile.Uses(file, "Conway.Service"))
                {
                    ours.Add(file);
                }
            }
        }

        return new LoweringFacts
        {
            Run = run,
            Folder = options.Folder,
            StateFolder = options.StateFolder,
            Environment = options.Environment,
            Ports = ports,
            ProjectFiles = projects,
            UsesConwayService = ours,
            HasPostgres = options.PostgresPrograms is not null,
            PostgresSecret = PostgresStores.Of(model).Any() ? PostgresSecret.Of(options.StateFolder, keep) : "",
        };
    }
}
