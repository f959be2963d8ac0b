namespace Conway.Artifacts;

/// <summary>One generated file: its own lines, before what was kept by hand is put back and its head is written.</summary>
/// <param name="Path">From the folder that is generated into, with <c>/</c>: <c>containers/orders/Dockerfile</c>.</param>
/// <param name="Lines">In order; none of them holds a line end.</param>
public sealed record ArtifactFile(string Path, IReadOnlyList<ArtifactLine> Lines);
