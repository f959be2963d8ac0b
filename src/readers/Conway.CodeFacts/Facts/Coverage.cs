namespace Conway.CodeFacts;

/// <summary>How much of the codebase was understood. Shares of it tell how far the facts can be trusted.</summary>
public sealed record Coverage
{
    /// <summary>C# files found, of every kind.</summary>
    public int Files { get; init; }

    /// <summary>Of those, how many could not be read.</summary>
    public int FilesUnread { get; init; }

    /// <summary>Files with syntax errors; what could be read of them was.</summary>
    public int FilesBroken { get; init; }

    /// <summary>Physical lines of source, without tests, migrations and generated files.</summary>
    public int Lines { get; init; }

    /// <summary>Names in the place of a type that could mean one of the codebase: how many were met.</summary>
    public int Names { get; init; }

    /// <summary>Of those, how many the compiler bound, to the codebase or to the framework.</summary>
    public int NamesBound { get; init; }

    /// <summary>Of those, how many were not bound but fit exactly one type of the codebase that can be meant.</summary>
    public int NamesInferred { get; init; }

    /// <summary>Calls and <c>new</c> that could mean the codebase by their name: how many were met. Many of them mean a package in the end.</summary>
    public int Calls { get; init; }

    /// <summary>Of those, how many the compiler bound.</summary>
    public int CallsBound { get; init; }

    /// <summary>Of those, how many were not bound but fit exactly one member of the codebase that can be meant.</summary>
    public int CallsInferred { get; init; }

    /// <summary>Bound share of names, 0 to 1; 1 when there are none.</summary>
    public double NamesShare => Names == 0 ? 1 : (double)NamesBound / Names;

    /// <summary>Bound share of calls, 0 to 1; 1 when there are none.</summary>
    public double CallsShare => Calls == 0 ? 1 : (double)CallsBound / Calls;
}
