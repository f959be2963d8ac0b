using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conway.CodeFacts.Bench;

/// <summary>Truth that Entity Framework Core wrote down itself: the snapshots beside its migrations hold every entity with its table, as the program had them when it ran.</summary>
/// <remarks>What a package stores (users of identity, an outbox) is neither right nor wrong: its types are not the codebase's, its tables may be.
/// A context without migrations has no snapshot, so what is only in such contexts, or in no context of Entity Framework, is not judged.
/// Owned types are not counted as entities, since the library does not name them alone; their own tables are.</remarks>
internal static class SnapshotTruth
{
    public static Truth Of(string folder)
    {
        var tree = new DiskSourceTree(folder);
        var (entities, tables, allowed) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.OrdinalIgnoreCase), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        var (snapshots, contexts) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var own = Declared(tree);
        foreach (var path in tree.List(CancellationToken.None).Files.Where(f => f.EndsWith("Snapshot.cs", StringComparison.Ordinal)))
        {
            var root = CSharpSyntaxTree.ParseText(System.Text.Encoding.UTF8.GetString(tree.Read(path, 64 << 20).Bytes.Span)).GetCompilationUnitRoot();
            if (!root.DescendantNodes().OfType<ClassDeclarationSyntax>().Any(c => c.BaseList?.Types.Any(t => t.Type.ToString() == "ModelSnapshot") == true))
            {
                continue;
            }

            snapshots.Add(path);
            contexts.UnionWith(root.DescendantNodes().OfType<AttributeSyntax>().Where(a => a.Name.ToString() is "DbContext" or "DbContextAttribute")
                .SelectMany(a => a.DescendantNodes().OfType<TypeOfExpressionSyntax>()).Select(t => t.Type.ToString().Split('.')[^1]));
            foreach (var call in root.DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                switch (Called(call))
                {
                    case "Entity" when Text(call, 0) is { } entity:
                        (own.Contains(entity) ? entities : allowed).Add(entity);
                        allowed.Add(entity);
                        break;
                    case "OwnsOne" or "OwnsMany" or "ComplexProperty" when Text(call, 0) is { } owned:
                        allowed.Add(owned);
                        break;
                    case "ToTable" or "ToView" when Text(call, 0) is { } table:
                        if (call.Ancestors().OfType<InvocationExpressionSyntax>().FirstOrDefault(a => Called(a) is "Entity" or "OwnsOne" or "OwnsMany") is { } around && Text(around, 0) is { } of && own.Contains(of))
                        {
                            tables.Add(table);
                        }

                        allowed.Add(table);
                        break;
                }
            }
        }

        return new() { Source = "snapshots of migrations", Entities = entities, Tables = tables, Allowed = allowed, Veil = snapshots.Contains, Contexts = contexts };
    }

    /// <summary>Full names of the types that the folder itself declares, as snapshots write them.</summary>
    private static HashSet<string> Declared(ISourceTree tree)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in tree.List(CancellationToken.None).Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal)))
        {
            var text = System.Text.Encoding.UTF8.GetString(tree.Read(path, 4 << 20).Bytes.Span);
            foreach (var type in CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax).OfType<TypeDeclarationSyntax>())
            {
                var around = type.Ancestors().Select(a => a switch { BaseNamespaceDeclarationSyntax n => n.Name.ToString() + ".", TypeDeclarationSyntax t => t.Identifier.ValueText + "+", _ => "" }).Reverse();
                names.Add(string.Concat(around).Replace('+', '.') + type.Identifier.ValueText);
            }
        }

        return names;
    }

    private static string? Called(InvocationExpressionSyntax call) => (call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText;

    private static string? Text(InvocationExpressionSyntax call, int index) =>
        call.ArgumentList.Arguments.ElementAtOrDefault(index)?.Expression is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } text ? text.Token.ValueText : null;
}
