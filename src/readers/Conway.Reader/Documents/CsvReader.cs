using System.Text;

namespace Conway.Reader;

/// <summary>A row of a table of text.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Cells">In the order of the columns.</param>
public sealed record CsvRow(int Line, IReadOnlyList<string> Cells);

/// <summary>Reads comma-separated values (RFC 4180), as spreadsheets and boards export them: also with semicolons or tabs, whichever the first line has most.</summary>
public static class CsvReader
{
    /// <summary>All rows that are not empty; or why there are none, as a clause.</summary>
    /// <param name="bytes">UTF-8, with or without a byte order mark.</param>
    /// <param name="rowsMax">More rows are a problem.</param>
    public static (IReadOnlyList<CsvRow> Rows, string? Problem) Read(ReadOnlySpan<byte> bytes, int rowsMax)
    {
        var content = bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? bytes[3..] : bytes;
        if (!System.Text.Unicode.Utf8.IsValid(content))
        {
            return ([], "it is not UTF-8");
        }

        var text = Encoding.UTF8.GetString(content);
        var first = text.AsSpan(0, text.IndexOf('\n') is >= 0 and var end ? end : text.Length).ToString();
        var separator = new[] { ',', ';', '\t' }.MaxBy(s => first.Count(c => c == s));
        var rows = new List<CsvRow>();
        var (cells, cell) = (new List<string>(), new StringBuilder());
        var (line, began, isQuoted) = (1, 1, false);
        for (var i = 0; i < text.Length; i++)
        {
            var sign = text[i];
            line += sign == '\n' ? 1 : 0;
            if (isQuoted)
            {
                if (sign != '"')
                {
                    cell.Append(sign);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append(text[++i]);
                }
                else
                {
                    isQuoted = false;
                }
            }
            else if (sign == '"' && cell.ToString().Trim().Length == 0)
            {
                cell.Clear();
                isQuoted = true;
            }
            else if (sign == separator)
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
            }
            else if (sign == '\n')
            {
                End();
                began = line;
            }
            else if (sign != '\r')
            {
                cell.Append(sign);
            }

            if (rows.Count > rowsMax)
            {
                return ([], $"it has more than {rowsMax} rows");
            }
        }

        if (isQuoted)
        {
            return ([], $"a quote that opens in the row of line {began} is not closed");
        }

        End();
        return (rows, null);

        void End()
        {
            cells.Add(cell.ToString().Trim());
            cell.Clear();
            if (cells.Any(c => c.Length > 0))
            {
                rows.Add(new CsvRow(began, cells));
            }

            cells = [];
        }
    }
}
