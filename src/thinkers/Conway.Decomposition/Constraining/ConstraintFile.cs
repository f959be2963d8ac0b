using System.Collections.Immutable;
using Conway.Findings;

namespace Conway.Decomposition.Constraining;

/// <summary>A constraints file: its lines, each with what it asks for if it was understood. See <c>docs/reference/constraints.md</c>.</summary>
/// <remarks>Written again it is the same text: comments, blank lines and what was not understood stay. Immutable.</remarks>
public sealed class ConstraintFile
{
    private const int LineMax = 10_000;

    private ConstraintFile(ImmutableArray<ConstraintLine> lines, string newLine, bool endsInNewLine, ImmutableArray<Finding> findings) =>
        (Lines, NewLine, EndsInNewLine, Findings) = (lines, newLine, endsInNewLine, findings);

    /// <summary>A file without lines.</summary>
    public static ConstraintFile Empty { get; } = new([], "\n", true, []);

    /// <summary>All lines, in order.</summary>
    public ImmutableArray<ConstraintLine> Lines { get; }

    /// <summary>What could not be understood.</summary>
    public ImmutableArray<Finding> Findings { get; }

    private string NewLine { get; }

    private bool EndsInNewLine { get; }

    /// <summary>Reads the text of a file. Never throws for what is written.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="path">How findings name the file.</param>
    public static ConstraintFile Parse(string text, string path)
    {
        var newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var written = text.Split(newLine);
        var ends = text.Length == 0 || text.EndsWith(newLine, StringComparison.Ordinal);
        var count = ends ? written.Length - 1 : written.Length;
        var lines = ImmutableArray.CreateBuilder<ConstraintLine>(count);
        var findings = ImmutableArray.CreateBuilder<Finding>();
        for (var i = 0; i < count; i++)
        {
            var constraint = ConstraintReader.Read(written[i].Length > LineMax ? written[i][..LineMax] : written[i], out var problem);
            lines.Add(new ConstraintLine(i + 1, written[i], constraint));
            if (problem is not null)
            {
                var (column, length) = Word(written[i]);
                findings.Add(problem with { Place = new SourceSpan(path, i + 1, column, length), SourceLine = written[i] });
            }
        }

        return new ConstraintFile(lines.MoveToImmutable(), newLine, ends, findings.ToImmutable());
    }

    /// <summary>The text of the file.</summary>
    public override string ToString() =>
        string.Join(NewLine, Lines.Select(l => l.Written)) + (EndsInNewLine && Lines.Length > 0 ? NewLine : "");

    /// <summary>The same file with another line at its end.</summary>
    public ConstraintFile With(Constraint constraint) =>
        new([.. Lines, new ConstraintLine(Lines.Length + 1, constraint.Text, constraint)], NewLine, true, Findings);

    /// <summary>The same file without the lines that ask for exactly this; a comment behind one goes with it.</summary>
    public ConstraintFile Without(Constraint constraint) =>
        Parse(string.Concat(Lines.Where(l => l.Constraint?.Text != constraint.Text).Select(l => l.Written + NewLine)), Findings.FirstOrDefault()?.Place?.File ?? "");

    /// <summary>The same file with some lines in the place of others, and every other line as it was.</summary>
    /// <param name="number">Of the first line that goes, from 1, or of the line before which lines come; one more than there are lines is the end.</param>
    /// <param name="count">How many lines go.</param>
    /// <param name="written">The lines that come, without their ends.</param>
    /// <param name="path">How findings name the file.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no such lines.</exception>
    public ConstraintFile Splice(int number, int count, IEnumerable<string> written, string path)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number + count, Lines.Length + 1);
        var lines = Lines.Select(l => l.Written).ToList();
        lines.RemoveRange(number - 1, count);
        lines.InsertRange(number - 1, written);

        // A last line without an end gets one only when something follows it.
        var ends = EndsInNewLine || number > Lines.Length;
        return Parse(string.Join(NewLine, lines) + (ends && lines.Count > 0 ? NewLine : ""), path);
    }

    private static (int Column, int Length) Word(string line)
    {
        var start = line.Length - line.TrimStart().Length;
        var end = line.AsSpan(start).IndexOfAny(' ', '\t');
        return (start + 1, Math.Max(1, end < 0 ? line.Length - start : end));
    }
}

/// <summary>A line of a constraints file.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Written">The whole line.</param>
/// <param name="Constraint">What it asks for; null for comments, blanks and what was not understood.</param>
public sealed record ConstraintLine(int Number, string Written, Constraint? Constraint);
