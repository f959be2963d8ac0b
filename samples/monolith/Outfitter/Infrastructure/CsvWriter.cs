using System.Globalization;
using System.Reflection;
using System.Text;

namespace Outfitter.Infrastructure;

/// <summary>Rows as comma-separated values (RFC 4180), a column for each property.</summary>
public static class CsvWriter
{
    public static string Write<T>(IEnumerable<T> rows)
    {
        var columns = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance);
        var text = new StringBuilder().AppendJoin(',', columns.Select(c => c.Name)).Append("\r\n");
        foreach (var row in rows)
            text.AppendJoin(',', columns.Select(c => Quote(Convert.ToString(c.GetValue(row), CultureInfo.InvariantCulture) ?? ""))).Append("\r\n");
        return text.ToString();
    }

    // A cell that begins with one of these would be run as a formula by a spreadsheet.
    private static string Quote(string value)
    {
        if (value is ['=' or '+' or '@' or '\t', ..])
            value = "'" + value;
        return value.AsSpan().ContainsAny(",\"\r\n") ? $"\"{value.Replace("\"", "\"\"")}\"" : value;
    }
}
