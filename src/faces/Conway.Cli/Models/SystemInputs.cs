using Conway.AddressFacts;
using Conway.Checks;
using Conway.CodeFacts;
using Conway.Findings;
using Conway.GitFacts;
using Conway.ManifestFacts;
using Conway.Node;
using Conway.Observations;

namespace Conway.Cli;

/// <summary>What <c>check</c> was asked to look at beside the model, read from disk.</summary>
internal sealed record SystemInputs
{
    /// <summary>Words of <c>--with</c>.</summary>
    public static IReadOnlyList<string> Words { get; } = ["code", "git", "manifests", "all"];

    public ObservedRun? Run { get; init; }

    public Deployment? Manifests { get; init; }

    public Codebase? Code { get; init; }

    public SourceAddresses? Addresses { get; init; }

    /// <summary>Unset: nobody asked, or it cannot be read.</summary>
    public GitHistory? Git { get; init; }

    /// <summary>What reading them has found.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The model with all of it.</summary>
    public CheckSubject Subject(LoadedModel model, DateOnly today) =>
        new(model.Model) { Today = today, Observed = Run, Manifests = Manifests, Code = Code, Addresses = Addresses, Git = Git };

    /// <summary>Reads what was asked for.</summary>
    public static async Task<SystemInputs> ReadAsync(ModelLocation location, IReadOnlyCollection<string> with, ObservedRun? run, CancellationToken cancellationToken)
    {
        bool Asked(string word) => with.Contains(word) || with.Contains("all");
        var manifests = Asked("manifests") ? Task.Run(() => WithPipelines(ManifestReader.Read(ManifestFiles.Find(location.Folder, cancellationToken)), location.Folder), cancellationToken) : null;
        var code = Asked("code") ? Task.Run(() => CodebaseReader.Read(new DiskSourceTree(location.Folder), new CodebaseOptions(), null, cancellationToken), cancellationToken) : null;
        var addresses = Asked("code") ? Task.Run(() => AddressReader.Read(SourceTexts.Find(location.Folder, cancellationToken)), cancellationToken) : null;
        var git = Asked("git") ? await GitReader.ReadAsync(location.Folder, cancellationToken) : null;
        return new SystemInputs
        {
            Run = run,
            Manifests = manifests is null ? null : await manifests,
            Code = code is null ? null : await code,
            Addresses = addresses is null ? null : await addresses,
            Git = git is { Head.Length: > 0 } ? git : null,
            Findings = git is null ? [] : [.. git.Findings],
        };
    }

    /// <summary>The run that was asked for; or why there is none, as a sentence.</summary>
    public static async Task<(ObservedRun? Run, string? Missing)> ObservedAsync(ModelLocation location, string? name, Terminal terminal, CancellationToken cancellationToken)
    {
        var run = await ObservedRuns.ReadAsync(location.RunFolder, name, terminal.Time, cancellationToken);
        return run is not null ? (run with { Listeners = await RunningTraffic.ReadAsync(location, run.Run, cancellationToken) }, null)
            : (null, name is null
                ? $"no run{Called(location)} has left telemetry here yet. Start one with 'conway run{IsolatedRuns.Words(location)}', use it, and check again."
                : $"there is no run '{name}'. The folders of {Path.GetRelativePath(location.Folder, Path.Combine(location.RunFolder, "telemetry"))} are the runs there are.");
    }

    private static string Called(ModelLocation location) => location.Isolated is { } name ? $" of '{name}'" : "";

    /// <summary>Pipelines stand at the root of the repository, above the system perhaps.</summary>
    private static Deployment WithPipelines(Deployment manifests, string folder) =>
        RepositoryRoot.Of(folder) is { } root
            ? manifests with { KnowsPipelines = true, Pipelines = [.. manifests.Pipelines.Concat(ManifestFiles.FindPipelines(root)).Distinct(StringComparer.Ordinal)] } : manifests;
}
