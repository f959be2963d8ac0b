using Conway.CodeFacts.Sources;
using Conway.CodeFacts.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conway.CodeFacts.Stores;

/// <summary>What the snapshot of the migrations says: the table of an entity.</summary>
/// <param name="Type">Full name of the entity.</param>
internal readonly record struct SnapshotTable(string Type, string Table, string? Schema, CodePlace Place);

/// <summary>Reads the snapshots that Entity Framework Core keeps beside its migrations: the only place where names that are made while the program runs can be seen.</summary>
internal static class SnapshotReader
{
    public static IEnumerable<SnapshotTable> Read(SourceFile file)
    {
        if (file.Kind != CodeFileKind.Migration || file.Tree is null
            || !file.Root.DescendantNodes(n => n is not MethodDeclarationSyntax).OfType<ClassDeclarationSyntax>()
                .Any(c => c.BaseList?.Types.Any(t => Names.Simple(t.Type) == "ModelSnapshot") == true))
        {
            yield break;
        }

        foreach (var call in file.Root.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (Names.Called(call)?.Identifier.ValueText is "ToTable" && Text(call, 0) is { } table && Entity(call) is { } entity)
            {
                yield return new(entity, table, Text(call, 1), file.PlaceOf(call));
            }
        }
    }

    /// <summary>The nearest <c>Entity("…", b => …)</c>, unless a part that is owned comes between.</summary>
    private static string? Entity(InvocationExpressionSyntax call)
    {
        foreach (var around in call.Ancestors().OfType<InvocationExpressionSyntax>())
        {
            switch (Names.Called(around)?.Identifier.ValueText)
            {
                case "Entity" or "OwnsOne" or "OwnsMany":
                    return Text(around, 0);
            }
        }

        return null;
    }

    private static string? Text(InvocationExpressionSyntax call, int index) =>
        call.ArgumentList.Arguments.ElementAtOrDefault(index)?.Expression is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } text ? text.Token.ValueText : null;
}
