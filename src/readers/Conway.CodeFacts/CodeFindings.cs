using Conway.Findings;

namespace Conway.CodeFacts;

/// <summary>Every kind of finding that reading code can have (CW16xx).</summary>
public static class CodeFindings
{
    public static FindingRule NoSource { get; } = Warning("CW1601", "Folder without C#", "There is nothing to take facts from.");

    public static FindingRule FileUnreadable { get; } = Warning("CW1602", "Source file that cannot be read", "What it declares and uses is missing from the facts.");

    public static FindingRule FileTooLarge { get; } = Warning("CW1603", "Source file that is too large", "People do not write files of this size; reading it would take memory and time from everything else.");

    public static FindingRule FileNotText { get; } = Warning("CW1604", "Source file that is not text", "Bytes that are no text hold no code.");

    public static FindingRule SyntaxBroken { get; } = Info("CW1605", "Code that does not parse", "What stands around the error may be understood wrongly; the rest of the file was read.");

    public static FindingRule TooNested { get; } = Warning("CW1606", "Code that is nested too deeply", "It is left out, because reading it would use up the stack or never end.");

    public static FindingRule ProjectUnreadable { get; } = Warning("CW1607", "Project file that cannot be read", "Which files it compiles, and against what, is guessed.");

    public static FindingRule OtherLanguage { get; } = Warning("CW1608", "Project in another language", "Only C# is read: what this project declares, stores and calls is missing from the facts.");

    public static FindingRule NotCompiled { get; } = Info("CW1609", "C# files that nothing compiles", "They are not part of the program, so they are left out.");

    public static FindingRule ProjectLeftOut { get; } = Info("CW1610", "Projects outside of the solution", "What the solution does not build is not taken for a part of the system.");

    public static FindingRule ListCut { get; } = Warning("CW1611", "Tree that is too large", "Files beyond the bound are not read.");

    public static FindingRule FolderRefused { get; } = Warning("CW1612", "Folder that may not be listed", "What lies in it is missing from the facts.");

    public static FindingRule LinksNotFollowed { get; } = Info("CW1613", "Links that are not followed", "A link can lead in a circle or out of the folder; what it leads to is read where it lies.");

    public static FindingRule NoFramework { get; } = Warning("CW1614", "Framework that is not installed", "Without its reference assemblies calls are found by name only, and many are missed.");

    public static FindingRule CompilerFailed { get; } = Warning("CW1615", "File that the compiler cannot analyse", "Its types are known, but not what their bodies do.");

    public static FindingRule BadlyBound { get; } = Warning("CW1617", "Much that could not be bound", "Edges are missing or guessed, so that boundaries drawn from them are less sure.");

    public static FindingRule SolutionUnreadable { get; } = Warning("CW1618", "Solution that cannot be read", "Every project below the folder is taken for a part of the system.");

    public static FindingRule UseCaseCut { get; } = Info("CW1619", "Use case that is too large to follow", "What lies beyond the bound is missing from it: reads, writes and calls.");

    public static FindingRule TracesInPart { get; } = Warning("CW1620", "Traces that were read in part", "Requests that are missing count as if they had not run.");

    public static FindingRule TracesOfOthers { get; } = Warning("CW1621", "Traces that fit nothing", "Prices are as without traces: each use case counts the same.");

    private static FindingRule Warning(string code, string title, string why) => new(code, Severity.Warning, title, why);

    private static FindingRule Info(string code, string title, string why) => new(code, Severity.Info, title, why);
}
