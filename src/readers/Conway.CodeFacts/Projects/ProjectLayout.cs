using System.Collections.Immutable;
using Conway.Findings;

namespace Conway.CodeFacts.Projects;

/// <summary>Which projects a codebase has, and which C# files each compiles, in what dialect.</summary>
/// <param name="Projects">Ordered by path; ids are places.</param>
/// <param name="Dialects">One for each project.</param>
/// <param name="Sources">C# files with the project that compiles them, ordered by path, each once.</param>
/// <param name="Other">Every other file of the tree, ordered: markup, mappings, contracts.</param>
internal sealed record ProjectLayout(
    string Name,
    ImmutableArray<CodeProject> Projects,
    ImmutableArray<ProjectDialect> Dialects,
    ImmutableArray<(string Path, int Project)> Sources,
    ImmutableArray<string> Other,
    ImmutableArray<Finding> Findings);

/// <summary>What is in force in every file of a project.</summary>
/// <param name="Usings">Directives in force everywhere, as text: <c>using System;</c>.</param>
/// <param name="Symbols">Symbols that <c>#if</c> asks for.</param>
internal sealed record ProjectDialect(ImmutableArray<string> Usings, ImmutableArray<string> Symbols);
