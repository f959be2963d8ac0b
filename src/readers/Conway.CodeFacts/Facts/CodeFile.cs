namespace Conway.CodeFacts;

/// <summary>A C# file of the codebase.</summary>
/// <param name="Path">Relative to the root, with <c>/</c>.</param>
/// <param name="Project">Id of the project that compiles it.</param>
/// <param name="Kind">How it is treated.</param>
/// <param name="Lines">Physical lines; 0 when it was not read.</param>
public sealed record CodeFile(string Path, int Project, CodeFileKind Kind, int Lines);

/// <summary>How a file is treated.</summary>
public enum CodeFileKind
{
    /// <summary>Written by people: all facts are read.</summary>
    Source,

    /// <summary>Written by a tool (<c>*.g.cs</c>, <c>*.Designer.cs</c>, an <c>auto-generated</c> header). Its types are known and marked.</summary>
    Generated,

    /// <summary>A migration of the database or its snapshot: only names of tables are taken from it.</summary>
    Migration,

    /// <summary>Part of a test project: not looked into.</summary>
    Test,

    /// <summary>Not read; a finding says why.</summary>
    Unread,
}
