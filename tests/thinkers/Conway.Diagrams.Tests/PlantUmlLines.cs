using System.Text.RegularExpressions;

namespace Conway.Diagrams.Tests;

/// <summary>The part of PlantUML's language that Conway writes, line by line, as its guide describes it: what is not here is not PlantUML.</summary>
internal static partial class PlantUmlLines
{
    private static readonly Regex[] Allowed =
    [
        Comment(), Title(), Setting(), Shape(), Package(), Arrow(), Participant(), Note(), Opt(), End(), Close(),
    ];

    public static void Check(string text)
    {
        var lines = text.TrimEnd('\n').Split('\n');
        Assert.Equal(("@startuml", "@enduml"), (lines[0], lines[^1]));
        var open = 0;
        foreach (var line in lines[1..^1])
        {
            Assert.True(Array.Exists(Allowed, one => one.IsMatch(line.TrimStart())), $"not PlantUML: {line}");
            open += line.EndsWith(" {", StringComparison.Ordinal) || line.TrimStart().StartsWith("opt ", StringComparison.Ordinal) ? 1 : line.Trim() is "}" or "end" ? -1 : 0;
            Assert.True(open >= 0, $"closes nothing: {line}");
        }

        Assert.Equal(0, open);
    }

    [GeneratedRegex("^' ")]
    private static partial Regex Comment();

    [GeneratedRegex("^title \\S")]
    private static partial Regex Title();

    [GeneratedRegex("^(left to right direction|skinparam shadowing false|hide footbox)$")]
    private static partial Regex Setting();

    [GeneratedRegex("^(actor|database|cloud|interface|component|card|rectangle) \"[^\"]+\" as [A-Za-z][A-Za-z0-9_]*$")]
    private static partial Regex Shape();

    [GeneratedRegex("^package \"[^\"]+\" as [A-Za-z][A-Za-z0-9_]* \\{$")]
    private static partial Regex Package();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]* (-->|\\.\\.>|--|<-->|->) [A-Za-z][A-Za-z0-9_]*( : \\S.*)?$")]
    private static partial Regex Arrow();

    [GeneratedRegex("^participant \"[^\"]+\" as [A-Za-z][A-Za-z0-9_]*$")]
    private static partial Regex Participant();

    [GeneratedRegex("^note over [A-Za-z][A-Za-z0-9_]* : \\S")]
    private static partial Regex Note();

    [GeneratedRegex("^opt \\S")]
    private static partial Regex Opt();

    [GeneratedRegex("^end$")]
    private static partial Regex End();

    [GeneratedRegex("^\\}$")]
    private static partial Regex Close();
}
