using System.Collections.Immutable;

namespace Conway.CodeFacts;

/// <summary>A project of the codebase: a <c>.csproj</c>, or a folder with C# files that no project claims.</summary>
/// <param name="Id">Index into <see cref="Codebase.Projects"/>; ordered by path, ordinal.</param>
/// <param name="Path">The project file, relative to the root, with <c>/</c>; the folder when there is no project file.</param>
/// <param name="Name">The assembly's name.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="References">Projects that it references, as ids, ascending.</param>
/// <param name="Packages">Packages and assemblies that it names, and projects that lie outside of what was read, by their names; ordinal, without versions.</param>
/// <param name="Frameworks">Target frameworks as written: <c>net8.0</c>, <c>v4.7.2</c>; empty when unsaid.</param>
public sealed record CodeProject(
    int Id,
    string Path,
    string Name,
    CodeProjectKind Kind,
    ImmutableArray<int> References,
    ImmutableArray<string> Packages,
    ImmutableArray<string> Frameworks);

/// <summary>What a project is for.</summary>
public enum CodeProjectKind
{
    /// <summary>A library.</summary>
    Library,

    /// <summary>A program that serves HTTP: the Web SDK, an ASP.NET project of the old style, or one that refers to ASP.NET.</summary>
    Web,

    /// <summary>Another program.</summary>
    Program,

    /// <summary>Tests and benchmarks. Its files are listed, its types are kept apart.</summary>
    Test,
}
