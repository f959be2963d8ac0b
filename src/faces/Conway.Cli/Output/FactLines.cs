namespace Conway.Cli;

/// <summary>Facts about one thing: the name at the left, values below each other. What is unknown is left out.</summary>
internal sealed class FactLines(Terminal terminal)
{
    private const int NameWidth = 11;

    private readonly Ink _ink = terminal.Ink;

    public void Add(string name, string? value) => Add(name, value is null ? [] : [value]);

    public void Add(string name, IEnumerable<string> values)
    {
        var left = name;
        foreach (var value in values)
        {
            var text = SafeText.OneLine(value);
            var cut = terminal.Width() is { } width ? SafeText.Cut(text, width - NameWidth - 2) : text;
            terminal.Output.WriteLine($"{_ink.Dim(left.PadRight(NameWidth))}  {cut}");
            left = "";
        }
    }
}
