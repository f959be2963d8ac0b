using System.Globalization;
using System.Text;

namespace Conway.Cli;

/// <summary>How much room text takes on a terminal: ideographs take two columns, marks that sit on a letter none, terminal codes none.</summary>
/// <remarks>Wide is what Unicode's East Asian Width (UAX #11) calls W or F, in the blocks that occur; terminals differ about the rest.</remarks>
internal static class TextColumns
{
    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115F), (0x231A, 0x231B), (0x23E9, 0x23EC), (0x2614, 0x2615), (0x26A1, 0x26A1), (0x2705, 0x2705), (0x274C, 0x274C), (0x2753, 0x2757), (0x2795, 0x2797),
        (0x2B1B, 0x2B1C), (0x2B50, 0x2B50), (0x2E80, 0x303E), (0x3041, 0x33FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA000, 0xA4CF), (0xA960, 0xA97F), (0xAC00, 0xD7A3),
        (0xF900, 0xFAFF), (0xFE30, 0xFE6F), (0xFF00, 0xFF60), (0xFFE0, 0xFFE6), (0x16FE0, 0x18AFF), (0x1B000, 0x1B2FF), (0x1F300, 0x1F64F), (0x1F680, 0x1F6FF),
        (0x1F7E0, 0x1F7EB), (0x1F900, 0x1F9FF), (0x1FA70, 0x1FAFF), (0x20000, 0x3FFFD),
    ];

    /// <summary>Columns of the text on one line.</summary>
    public static int Of(string text)
    {
        var columns = 0;
        for (var at = 0; at < text.Length;)
        {
            at += Next(text, at, out var width);
            columns += width;
        }

        return columns;
    }

    /// <summary>At most so many columns; what is cut is shown by an ellipsis. The text has no terminal codes.</summary>
    public static string Cut(string text, int columnsMax)
    {
        if (text.Length <= columnsMax && Of(text) <= columnsMax)
        {
            return text;
        }

        var (at, columns, fits) = (0, 0, 0);
        while (at < text.Length)
        {
            at += Next(text, at, out var width);
            columns += width;
            if (columns > columnsMax)
            {
                return columnsMax <= 0 ? "" : text[..fits] + "…";
            }

            fits = columns <= columnsMax - 1 ? at : fits;
        }

        return text;
    }

    /// <summary>Filled up with spaces to so many columns.</summary>
    public static string Pad(string text, int columns) => text + new string(' ', Math.Max(0, columns - Of(text)));

    /// <summary>In lines of whole words; a word that is longer than a line keeps its length.</summary>
    /// <param name="text">One line; it may have terminal codes.</param>
    /// <param name="hanging">Columns by which lines after the first stand in.</param>
    public static IEnumerable<string> Wrapped(string text, int columnsMax, int hanging)
    {
        var line = new StringBuilder(text[..(text.Length - text.TrimStart(' ').Length)]);
        var columns = line.Length;
        var isEmpty = true;
        foreach (var word in text.TrimStart(' ').Split(' '))
        {
            var width = Of(word);
            if (!isEmpty && columns + 1 + width > columnsMax)
            {
                yield return line.ToString().TrimEnd();
                line.Clear().Append(' ', hanging);
                columns = hanging;
                isEmpty = true;
            }

            line.Append(isEmpty ? "" : " ").Append(word);
            columns += width + (isEmpty ? 0 : 1);
            isEmpty = false;
        }

        yield return line.ToString().TrimEnd();
    }

    /// <returns>How many chars the character or terminal code at this place has.</returns>
    private static int Next(string text, int at, out int width)
    {
        width = 0;
        if (text[at] == '\u001b' && at + 1 < text.Length && text[at + 1] == '[')
        {
            // ECMA-48, control sequence: CSI, parameters, a final byte from @ to ~.
            var end = at + 2;
            while (end < text.Length && text[end] is < '@' or > '~')
            {
                end++;
            }

            return Math.Min(end + 1, text.Length) - at;
        }

        if (Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length) != System.Buffers.OperationStatus.Done)
        {
            width = 1; // a broken character is shown as one
            return 1;
        }

        width = Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format ? 0
            : Wide.Any(w => rune.Value >= w.First && rune.Value <= w.Last) ? 2 : 1;
        return length;
    }
}
