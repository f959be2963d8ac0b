using Conway.Findings;

namespace Conway.ManifestLint.Dockerfiles;

/// <summary>A word of an instruction or of a command, without its quotes.</summary>
internal sealed record Word(string Text, SourceSpan Place)
{
    /// <summary>What it will be is only known at the build: <c>$VERSION</c>.</summary>
    public bool IsOpen => Text.Contains('$', StringComparison.Ordinal);
}
