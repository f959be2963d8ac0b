using Conway.Artifacts;
using Conway.Findings;

namespace Conway.Cli;

/// <summary>Why a line of a generated file is there. Without a rule and a region it is not generated.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Text">As it stands on disk.</param>
/// <param name="Path">The part of the model that it says; empty for the system as a whole.</param>
/// <param name="Place">Where that part is written.</param>
/// <param name="Rule">By which it says it.</param>
/// <param name="Region">That it stands in, and that belongs to people.</param>
internal sealed record LineReason(int Number, string Text, string? Path, SourceSpan? Place, ArtifactRule? Rule, string? Region)
{
    public bool IsKnown => Rule is not null || Region is not null;

    public string From => Path switch { null => "", "" => "the system", _ => $"{Path}{(Place is { } place ? $" ({place})" : "")}" };
}

/// <summary>The reasons of a file.</summary>
/// <param name="File">As it was asked for.</param>
/// <param name="State">How what is on disk compares with what the model says.</param>
/// <param name="Lines">Of the file, or the one that was asked for.</param>
/// <param name="IsOfOneLine">Whether a line was asked for.</param>
internal sealed record FileReasons(string File, ArtifactState State, IReadOnlyList<LineReason> Lines, bool IsOfOneLine);
