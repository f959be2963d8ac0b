using Conway.Console;

namespace Conway.Cli;

/// <summary>What <c>conway check</c> says of a system, for the console: the same inputs, read and judged in the same way.</summary>
internal static class Inspections
{
    /// <param name="location">Where the model is.</param>
    /// <param name="environment">Name of the overlay; null for none.</param>
    /// <param name="look">Some of <see cref="Inspection.Words"/>.</param>
    /// <param name="run">The run whose traffic is meant.</param>
    /// <param name="terminal">Whose clock and variables count.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<Inspection> LookAsync(
        ModelLocation location, string? environment, IReadOnlyCollection<string> look, string run, Terminal terminal, CancellationToken cancellationToken)
    {
        var (observed, missing) = look.Contains("traces") ? await SystemInputs.ObservedAsync(location, run, terminal, cancellationToken) : (null, null);
        var inputs = await SystemInputs.ReadAsync(location, look, observed, cancellationToken);
        var model = LoadedModel.Load(location, environment, terminal);
        var subject = inputs.Subject(model, LoadedModel.Today(terminal));
        List<string> absent = missing is null ? [] : [$"No request of run {run} is on disk yet. Use the system, and look again."];
        if (look.Contains("git") && inputs.Git is null)
        {
            absent.Add($"There is no history to read: '{location.Folder}' is in no git repository, or git is not installed.");
        }

        return new Inspection(subject, model.Judge(subject, inputs.Findings)) { Missing = absent };
    }
}
