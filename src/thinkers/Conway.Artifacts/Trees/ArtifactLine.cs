namespace Conway.Artifacts;

/// <summary>One line of a generated file.</summary>
/// <param name="Text">Without its end.</param>
/// <param name="Origin">Where it comes from.</param>
public readonly record struct ArtifactLine(string Text, Origin Origin);
