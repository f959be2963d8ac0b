using System.Text;

namespace Conway.Cli;

/// <summary>Lines at the bottom of a terminal that are drawn over themselves; what is printed above them stays.</summary>
/// <remarks>Not thread-safe: one renderer owns it.</remarks>
public sealed class LiveBlock(TextWriter output)
{
    private int _drawn;

    /// <summary>Draws the lines in the place of the last ones. Each must fit the width, or the count of rows would be wrong.</summary>
    public void Draw(IReadOnlyList<string> lines)
    {
        var text = new StringBuilder();
        Erase(text);
        foreach (var line in lines)
        {
            text.Append(line).Append('\n');
        }

        _drawn = lines.Count;
        output.Write(text);
        output.Flush();
    }

    /// <summary>Prints lines that stay, above the block.</summary>
    public void PrintAbove(IEnumerable<string> lines, IReadOnlyList<string> block)
    {
        var text = new StringBuilder();
        Erase(text);
        foreach (var line in lines)
        {
            text.Append(line).Append('\n');
        }

        _drawn = 0;
        output.Write(text);
        Draw(block);
    }

    /// <summary>Removes the block.</summary>
    public void Clear() => Draw([]);

    // ECMA-48: cursor up N, carriage return, erase to the end of the screen.
    private void Erase(StringBuilder text)
    {
        if (_drawn > 0)
        {
            text.Append($"\u001b[{_drawn}A\r\u001b[J");
        }
    }
}
