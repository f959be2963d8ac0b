using System.Text;

namespace Conway.Cli;

/// <summary>Aligned columns, one fact a line. In a pipe nothing is cut; on a terminal the last column gives way, then the widest.</summary>
public sealed class TextTable(params string[] heads)
{
    private const int Gap = 2;
    private const int NarrowestColumn = 6;

    private readonly List<string[]> _rows = [];
    private readonly List<Func<string, string>?> _paints = [];

    public void Add(params string[] cells) => AddPainted(null, cells);

    /// <param name="paint">Colours the second cell, the state.</param>
    public void AddPainted(Func<string, string>? paint, params string[] cells)
    {
        _rows.Add([.. cells.Select(SafeText.OneLine)]);
        _paints.Add(paint);
    }

    public string Render(int? width, Ink ink)
    {
        var widths = Widths(width);
        var text = new StringBuilder();
        Append(heads, cell => ink.Dim(cell), column: null);
        for (var i = 0; i < _rows.Count; i++)
        {
            Append(_rows[i], _paints[i], column: 1);
        }

        return text.ToString();

        void Append(string[] cells, Func<string, string>? paint, int? column)
        {
            for (var i = 0; i < cells.Length; i++)
            {
                var cell = SafeText.Cut(cells[i], widths[i]);
                var isLast = i == cells.Length - 1;
                var padding = isLast ? "" : new string(' ', widths[i] - TextColumns.Of(cell) + Gap);
                text.Append(paint is not null && (column is null || column == i) ? paint(cell) : cell).Append(padding);
            }

            while (text.Length > 0 && text[^1] == ' ')
            {
                text.Length--;
            }

            text.Append('\n');
        }
    }

    private int[] Widths(int? width)
    {
        var widths = heads.Select((head, i) => _rows.Select(r => TextColumns.Of(r[i])).Append(head.Length).Max()).ToArray();
        if (width is not { } available)
        {
            return widths;
        }

        var over = widths.Sum() + (Gap * (widths.Length - 1)) - available;
        while (over > 0)
        {
            var at = widths[^1] > NarrowestColumn ? widths.Length - 1 : Array.IndexOf(widths, widths.Max());
            if (widths[at] <= NarrowestColumn)
            {
                break;
            }

            var less = Math.Min(over, widths[at] - NarrowestColumn);
            widths[at] -= less;
            over -= less;
        }

        return widths;
    }
}
