using Conway.Checks;

namespace Conway.Console;

/// <summary>Looks at a system as <c>conway check</c> does; whoever starts the console says how.</summary>
/// <param name="look">What to look at beside the model: <c>traces</c>, <c>code</c>, <c>git</c>, <c>manifests</c>.</param>
/// <param name="cancel">Ends the looking.</param>
/// <exception cref="IOException">Something that was asked for cannot be read.</exception>
/// <exception cref="UnauthorizedAccessException">Something that was asked for cannot be read.</exception>
public delegate Task<Inspection> Inspect(IReadOnlyCollection<string> look, CancellationToken cancel);

/// <summary>What was looked at, and what was found.</summary>
/// <param name="Subject">The system with everything that was read.</param>
/// <param name="Report">What the checks say; placed in the model's text.</param>
public sealed record Inspection(CheckSubject Subject, CheckReport Report)
{
    /// <summary>Words of what can be looked at.</summary>
    public static IReadOnlyList<string> Words { get; } = ["traces", "code", "git", "manifests"];

    /// <summary>Why something that was asked for is not there, a sentence each.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}
