using System.Text;

namespace Conway.Cli;

/// <summary>Lines at the bottom of a terminal that are drawn over themselves; what is printed above them stays.</summary>
/// <remarks>Not thread-safe: one renderer owns it. Only what changed is written, and nothing is erased before it is written anew, so that nothing flickers.</remarks>
public sealed class LiveBlock(TextWriter output)
{
    // ECMA-48: erase to the end of the line, erase to the end of the screen.
    private const string EndOfLine = "\u001b[K";
    private const string EndOfScreen = "\u001b[J";

    private IReadOnlyList<string> _drawn = [];

    /// <summary>Draws the lines in the place of the last ones. Each must fit the width, or the count of rows would be wrong.</summary>
    public void Draw(IReadOnlyList<string> lines)
    {
        if (!lines.SequenceEqual(_drawn))
        {
            Write([], lines);
        }
    }

    /// <summary>Prints lines that stay, above the block.</summary>
    public void PrintAbove(IReadOnlyList<string> lines, IReadOnlyList<string> block)
    {
        if (lines.Count > 0)
        {
            Write(lines, block);
        }
    }

    /// <summary>Removes the block.</summary>
    public void Clear() => Draw([]);

    private void Write(IReadOnlyList<string> above, IReadOnlyList<string> block)
    {
        var text = new StringBuilder();
        if (_drawn.Count > 0)
        {
            text.Append($"\u001b[{_drawn.Count}A\r");
        }

        // Where old lines are written over, what they had more is erased behind the new ones.
        var over = _drawn.Count > 0 ? EndOfLine : "";
        foreach (var line in above.Concat(block))
        {
            text.Append(line).Append(over).Append('\n');
        }

        if (above.Count + block.Count < _drawn.Count)
        {
            text.Append(EndOfScreen);
        }

        _drawn = block;
        output.Write(text);
        output.Flush();
    }
}
