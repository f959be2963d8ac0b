namespace Conway.Findings;

/// <summary>A place in a text file.</summary>
/// <param name="File">As a person would type it: relative to the system's folder, with <c>/</c>.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 code units.</param>
/// <param name="Length">Code units to underline; at least 1; never past the end of the line.</param>
public readonly record struct SourceSpan(string File, int Line, int Column, int Length) : IComparable<SourceSpan>
{
    /// <summary>Order of reading: file, line, column.</summary>
    public int CompareTo(SourceSpan other)
    {
        var byFile = string.CompareOrdinal(File, other.File);
        if (byFile != 0)
        {
            return byFile;
        }

        return Line != other.Line ? Line.CompareTo(other.Line) : Column.CompareTo(other.Column);
    }

    /// <summary><c>conway.yaml:41:7</c></summary>
    public override string ToString() => $"{File}:{Line}:{Column}";

    public static bool operator <(SourceSpan left, SourceSpan right) => left.CompareTo(right) < 0;

    public static bool operator >(SourceSpan left, SourceSpan right) => left.CompareTo(right) > 0;

    public static bool operator <=(SourceSpan left, SourceSpan right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SourceSpan left, SourceSpan right) => left.CompareTo(right) >= 0;
}
