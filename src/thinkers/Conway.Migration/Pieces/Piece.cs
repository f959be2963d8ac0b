namespace Conway.Migration.Pieces;

/// <summary>A file that is made from a plan.</summary>
/// <param name="Path">Relative to the folder of the plan, with <c>/</c>.</param>
/// <param name="Text">All of it.</param>
public sealed record Piece(string Path, string Text);
