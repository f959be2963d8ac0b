namespace Conway.Scaffolding;

/// <summary>Lines at the end of a file, with an empty one before them.</summary>
/// <param name="Lines">What is put in, ending with a line end.</param>
/// <param name="Known">What says that they are there: a line that begins so, however it goes on.</param>
public sealed record EndEdit(string File, string Lines, string Known) : FileEdit(File)
{
    public override string Text => Lines.TrimEnd('\n');

    public override string Where => "at the end";

    public override string? Apply(string text)
    {
        if (text.Split('\n').Any(line => line.AsSpan().TrimStart().StartsWith(Known, StringComparison.Ordinal)))
        {
            return text;
        }

        var newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var end = text.Length == 0 ? "" : text.EndsWith('\n') ? newLine : newLine + newLine;
        return text + end + Lines.Replace("\n", newLine, StringComparison.Ordinal);
    }
}
