using System.Text;
using Conway.Findings;
using Conway.Reader.Yaml;

namespace Conway.Reader;

/// <summary>One file of a model, as far as it could be read.</summary>
internal sealed record ModelFile(string Path, SourceText Source, Node? Root, IReadOnlyList<Finding> Findings)
{
    /// <summary>Larger files are refused.</summary>
    public const int BytesMax = 4 << 20;

    /// <summary>Reads a file that is there; null when there is none, with the reason as state.</summary>
    public static (ModelFile? File, FileRead Read) Load(IFileTree tree, string path)
    {
        var read = tree.Read(path, BytesMax);
        return read.State == FileState.Read ? (Parse(path, read.Bytes.Span), read) : (null, read);
    }

    public static ModelFile Parse(string path, ReadOnlySpan<byte> bytes)
    {
        var findings = new List<Finding>();
        var text = Decode(bytes, out var badAt, out var encoding);
        var source = new SourceText(path, Normalise(text, out var odd));
        if (encoding is not null)
        {
            findings.Add(new Finding { Rule = ReaderFindings.NotUtf8, Message = $"The file is {encoding}.", Mend = "Save it as UTF-8.", Place = source.Span(0, 1) });
        }
        else if (badAt >= 0)
        {
            findings.Add(new Finding { Rule = ReaderFindings.NotUtf8, Message = "Here are bytes that are not UTF-8.", Mend = "Save the file as UTF-8.", Place = source.Span(badAt, badAt + 1) });
        }

        if (odd >= 0)
        {
            findings.Add(new Finding { Rule = ReaderFindings.ControlCharacter, Message = $"Here is the invisible character U+{(int)text[odd]:X4}.", Mend = "Remove it; it often comes from copying out of a document.", Place = source.Span(odd, odd + 1) });
        }

        var (root, syntax) = YamlText.Read(source);
        return new ModelFile(path, source, root, [.. findings, .. syntax]);
    }

    /// <summary>UTF-8, with or without a byte order mark; what is not UTF-8 becomes U+FFFD so that the rest can be read.</summary>
    private static string Decode(ReadOnlySpan<byte> bytes, out int badAt, out string? encoding)
    {
        badAt = -1;
        encoding = bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? "UTF-16" : bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? "UTF-16 (big endian)" : null;
        if (encoding is not null)
        {
            return (bytes[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(bytes[2..]);
        }

        var content = bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? bytes[3..] : bytes;
        var text = Encoding.UTF8.GetString(content);
        if (!System.Text.Unicode.Utf8.IsValid(content))
        {
            badAt = text.IndexOf('\uFFFD', StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>Makes line breaks and blanks mean the same to the parser, to editors and to the line numbers, without moving a character.</summary>
    private static string Normalise(string text, out int odd)
    {
        odd = -1;
        var needed = false;
        for (var i = 0; i < text.Length && !needed; i++)
        {
            needed = IsOdd(text[i]) || IsBreak(text, i);
        }

        if (!needed)
        {
            return text;
        }

        var clean = text.ToCharArray();
        for (var i = 0; i < clean.Length; i++)
        {
            if (IsBreak(text, i))
            {
                clean[i] = text[i] == '\r' ? '\n' : ' ';
            }
            else if (IsOdd(text[i]))
            {
                odd = odd < 0 ? i : odd;
                clean[i] = ' ';
            }
        }

        return new string(clean);
    }

    /// <summary>A lone carriage return is a line break in YAML; U+0085, U+2028 and U+2029 were in 1.1 and are not in 1.2.</summary>
    private static bool IsBreak(string text, int i) =>
        text[i] is '\u0085' or '\u2028' or '\u2029' || (text[i] == '\r' && !(i + 1 < text.Length && text[i + 1] == '\n'));

    private static bool IsOdd(char c) => (char.IsControl(c) && c is not ('\n' or '\r' or '\t' or '\u0085')) || c is '\uFEFF' or '\uFFFE' or '\uFFFF';
}
