using Conway.Findings;
using Conway.Model;

namespace Conway.Reader;

/// <summary>Everything that reading found out.</summary>
/// <param name="Model">The best model that could be read; with errors, parts of it are missing or hold defaults.</param>
/// <param name="Map">Where each part was written.</param>
/// <param name="Findings">All of them, placed, in order of reading.</param>
/// <param name="Files">What to watch: every file that was read or looked for, and every include pattern, relative to the system's folder.</param>
public sealed record ReadResult(SystemModel Model, SourceMap Map, IReadOnlyList<Finding> Findings, IReadOnlyList<string> Files)
{
    /// <summary>Whether the model may be run.</summary>
    public bool HasErrors => Findings.Any(f => f.Severity == Severity.Error);

    /// <summary>Names of the environments that the files describe.</summary>
    public IReadOnlyList<string> Environments { get; init; } = [];
}
