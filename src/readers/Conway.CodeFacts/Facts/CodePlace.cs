namespace Conway.CodeFacts;

/// <summary>A line of a source file: where a fact was read.</summary>
/// <param name="File">Index into <see cref="Codebase.Files"/>.</param>
/// <param name="Line">From 1.</param>
public readonly record struct CodePlace(int File, int Line) : IComparable<CodePlace>
{
    /// <summary>Order of reading: file, line.</summary>
    public int CompareTo(CodePlace other) => File != other.File ? File.CompareTo(other.File) : Line.CompareTo(other.Line);

    public static bool operator <(CodePlace left, CodePlace right) => left.CompareTo(right) < 0;

    public static bool operator >(CodePlace left, CodePlace right) => left.CompareTo(right) > 0;

    public static bool operator <=(CodePlace left, CodePlace right) => left.CompareTo(right) <= 0;

    public static bool operator >=(CodePlace left, CodePlace right) => left.CompareTo(right) >= 0;
}
