using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conway.CodeFacts.Sources;

/// <summary>A C# file as it takes part in the analysis.</summary>
/// <param name="Index">Its place in <see cref="Codebase.Files"/>.</param>
/// <param name="Tree">Parsed, with the directives of its project in its first line; null when it is not looked into.</param>
internal sealed record SourceFile(int Index, string Path, int Project, CodeFileKind Kind, int Lines, SyntaxTree? Tree)
{
    /// <summary>Whether its types are types of the codebase.</summary>
    public bool IsDeclaring => Tree is not null && Kind is CodeFileKind.Source or CodeFileKind.Generated;

    public CompilationUnitSyntax Root => (CompilationUnitSyntax)Tree!.GetRoot();

    /// <summary>The line of a position, from 1.</summary>
    public int LineOf(int position) => Tree!.GetText().Lines.GetLineFromPosition(position).LineNumber + 1;

    public int LineOf(SyntaxNode node) => LineOf(node.SpanStart);

    public CodePlace PlaceOf(SyntaxNode node) => new(Index, LineOf(node.SpanStart));

    public CodePlace PlaceOf(SyntaxToken token) => new(Index, LineOf(token.SpanStart));
}
