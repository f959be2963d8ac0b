using Conway.CodeFacts.Sources;

namespace Conway.CodeFacts;

public sealed class TextScanTests
{
    /// <summary>A line is marked by whether it holds code; <c>+</c> for yes.</summary>
    private static string Marks(string text)
    {
        var before = TextScan.Of(text).CodeBefore;
        return string.Concat(Enumerable.Range(0, before.Length - 1).Select(i => before[i + 1] > before[i] ? '+' : '-'));
    }

    [Theory]
    [InlineData("", "-")]
    [InlineData("a\n\n b", "+-+")]
    [InlineData("// a\n/// b\n a // c", "--+")]
    [InlineData("/* a\n b */\n/* c */ d", "--+")]
    [InlineData("/* never closed\n a", "--")]
    [InlineData("s = \"// no\";\n// yes", "+-")]
    [InlineData("s = \"/*\";\na", "++")]
    [InlineData("s = \"open\n// yes", "+-")]
    [InlineData("s = @\"a\n// text\n\"\"b\"\n// no", "+++-")]
    [InlineData("s = \"\"\"\n // text\n \"\"\"\n// no", "+++-")]
    [InlineData("s = $\"{a + \"// x\"}\"; // c\n// no", "+-")]
    [InlineData("s = $@\"{a}\n// text\"\n// no", "++-")]
    [InlineData("s = $\"\"\"\n // {a}\n \"\"\"\n// no", "+++-")]
    [InlineData("c = '\"';\n// no", "+-")]
    [InlineData("c = '\\'';\n// no", "+-")]
    [InlineData("c = '\\u0022'; d = '\n// no", "+-")]
    [InlineData("@class a; $ b\n// no", "+-")]
    [InlineData("s = $\"{{ {a} }}\";\n// no", "+-")]
    public void Lines_of_code_are_told_from_comments(string text, string marks) => Assert.Equal(marks, Marks(text));

    [Theory]
    [InlineData("a(", 256, false)]
    [InlineData("a(", 257, true)]
    [InlineData("\"(((((((((((((((((((((((((((((((((((\";", 300, false)]
    [InlineData("// (((\n", 300, false)]
    [InlineData("'('", 300, false)]
    [InlineData("if (a < b) { }", 300, false)]
    [InlineData("a < b && ", 300, false)]
    [InlineData("A<", 257, true)]
    [InlineData("$\"{", 8, false)]
    [InlineData("$\"{", 9, true)]
    [InlineData("$\"{a}\" ", 300, false)]
    [InlineData("$\"{a(b[c])}\" ", 300, false)]
    public void What_nobody_writes_is_too_deep(string text, int times, bool isTooDeep) =>
        Assert.Equal(isTooDeep, TextScan.Of(string.Concat(Enumerable.Repeat(text, times))).IsTooDeep);
}
