using Conway.Checks;
using Conway.ManifestFacts;
using Conway.Node;
using Conway.Observations;

namespace Conway.Cli;

/// <summary>What <c>check</c> was asked to look at beside the model, read from disk.</summary>
internal sealed record SystemInputs
{
    /// <summary>Words of <c>--with</c>.</summary>
    public static IReadOnlyList<string> Words { get; } = ["manifests"];

    public ObservedRun? Run { get; init; }

    public Deployment? Manifests { get; init; }

    /// <summary>The model with all of it.</summary>
    public CheckSubject Subject(LoadedModel model, DateOnly today) =>
        new(model.Model) { Today = today, Observed = Run, Manifests = Manifests };

    /// <summary>Reads what was asked for.</summary>
    public static async Task<SystemInputs> ReadAsync(ModelLocation location, IReadOnlyCollection<string> with, ObservedRun? run, CancellationToken cancellationToken)
    {
        var manifests = with.Contains("manifests") ? Task.Run(() => ManifestReader.Read(ManifestFiles.Find(location.Folder, cancellationToken)), cancellationToken) : null;
        return new SystemInputs
        {
            Run = run,
            Manifests = manifests is null ? null : await manifests,
        };
    }

    /// <summary>The run that was asked for; or why there is none, as a sentence.</summary>
    public static async Task<(ObservedRun? Run, string? Missing)> ObservedAsync(ModelLocation location, string? name, Terminal terminal, CancellationToken cancellationToken)
    {
        var run = await ObservedRuns.ReadAsync(location.StateFolder, name, terminal.Time, cancellationToken);
        return run is not null ? (run with { Listeners = await RunningTraffic.ReadAsync(location, run.Run, cancellationToken) }, null)
            : (null, name is null ? "no run has left telemetry here yet. Start one with 'conway run', use it, and check again." : $"there is no run '{name}'. The folders of .conway/telemetry are the runs there are.");
    }
}
