using Conway.Findings;

namespace Conway.Reader.Yaml;

/// <summary>Reads one file's text as a tree. What is wrong becomes findings; what is around it is still read.</summary>
/// <remarks>On a syntax error the smallest indented block around it is blanked out, character for character, so that every index stays
/// true, and the text is read again. Each round blanks at least one character more, so it ends.</remarks>
internal static class YamlText
{
    /// <summary>After so many mistakes in one file the rest would be guessing.</summary>
    private const int MistakesMax = 25;

    /// <summary>Characters parsed in all rounds together; bounds the time that a large broken file can take.</summary>
    private const long WorkMax = 64L << 20;

    public static (Node? Root, IReadOnlyList<Finding> Findings) Read(SourceText source)
    {
        var repair = new SyntaxRepair(source);
        var rounds = 4 * MistakesMax;
        for (long work = 0; ; work += source.Text.Length)
        {
            var result = TreeBuilder.Build(source, repair.Text, repair.Mask);
            if (result.Failure is not { } failure)
            {
                return (result.Root, [.. repair.Findings, .. result.Findings]);
            }

            if (repair.Findings.Count >= MistakesMax || work > WorkMax || rounds-- == 0)
            {
                repair.Findings.Add(new Finding
                {
                    Rule = ReaderFindings.GaveUp,
                    Message = $"{repair.Findings.Count} mistakes were found up to here; the file is not read any further.",
                    Mend = "Mend those first, then read again.",
                    Place = source.Span(failure.Start, failure.End),
                });
                repair.SetAsideEverything();
                return (null, repair.Findings);
            }

            repair.Mend(failure);
        }
    }
}
