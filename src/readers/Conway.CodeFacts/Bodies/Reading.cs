using System.Collections.Immutable;
using Conway.CodeFacts.Declared;
using Conway.CodeFacts.Projects;
using Conway.CodeFacts.Sources;
using Conway.CodeFacts.Stores;
using Microsoft.CodeAnalysis.CSharp;

namespace Conway.CodeFacts.Bodies;

/// <summary>What every file is read against. Immutable but for caches; shared by all threads.</summary>
internal sealed record Reading(
    ProjectLayout Layout,
    ImmutableArray<SourceFile> Files,
    CSharpCompilation Compilation,
    TypeTable Types,
    NameIndex Names,
    ImmutableArray<HbmTable> Mapped);
