using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conway.Planted.Tests;

/// <summary>A planted system as the compiler sees it.</summary>
internal sealed class Compiled
{
    private static readonly MetadataReference[] Assemblies =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(p => MetadataReference.CreateFromFile(p)),
    ];

    private static readonly ConcurrentDictionary<PlantedSettings, Lazy<(PlantedSystem, Compiled)>> Known = new();

    private readonly CSharpCompilation _compilation;
    private readonly Lazy<List<(INamedTypeSymbol Symbol, BaseTypeDeclarationSyntax Node, SemanticModel Model)>> _declared;

    /// <summary>Planted and compiled once for all tests that ask for the same.</summary>
    public static (PlantedSystem System, Compiled Code) Of(PlantedSettings settings) =>
        Known.GetOrAdd(settings, s => new Lazy<(PlantedSystem, Compiled)>(() =>
        {
            var system = Planter.Plant(s);
            return (system, new Compiled(system));
        })).Value;

    private Compiled(PlantedSystem system)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        _compilation = CSharpCompilation.Create(
            "Planted",
            system.Files.Where(f => f.Path.EndsWith(".cs", StringComparison.Ordinal)).Select(f => CSharpSyntaxTree.ParseText(f.Text, options, f.Path, cancellationToken: TestContext.Current.CancellationToken)),
            Assemblies,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        _declared = new(() => [.. Declared()]);
    }

    /// <summary>Errors, and warnings too.</summary>
    public IEnumerable<string> Complaints =>
        _compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString());

    /// <summary>All types, as a truth file's assignment wants them.</summary>
    public IReadOnlyList<string> Types => [.. _declared.Value.Select(d => NameOf(d.Symbol))];

    /// <summary>Which type names or calls which other, whatever the generator says about itself.</summary>
    public HashSet<(string From, string To)> Edges()
    {
        var edges = new HashSet<(string, string)>();
        foreach (var (symbol, node, model) in _declared.Value)
        {
            foreach (var name in node.DescendantNodes(n => n == node || n is not TypeDeclarationSyntax).OfType<SimpleNameSyntax>())
            {
                var bound = model.GetSymbolInfo(name).Symbol;
                if ((bound as INamedTypeSymbol ?? bound?.ContainingType)?.OriginalDefinition is { } target && target.Locations[0].IsInSource && !SymbolEqualityComparer.Default.Equals(target, symbol))
                    edges.Add((NameOf(symbol), NameOf(target)));
            }
        }

        return edges;
    }

    /// <summary>The text of a method, found by the names of its type and itself.</summary>
    public string Method(string type, string method) =>
        _declared.Value.Single(d => NameOf(d.Symbol) == type).Node.DescendantNodes().OfType<MethodDeclarationSyntax>().Single(m => m.Identifier.Text == method).ToString();

    private IEnumerable<(INamedTypeSymbol Symbol, BaseTypeDeclarationSyntax Node, SemanticModel Model)> Declared() =>
        from tree in _compilation.SyntaxTrees
        let model = _compilation.GetSemanticModel(tree)
        from node in tree.GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
        select (model.GetDeclaredSymbol(node)!, node, model);

    private static string NameOf(INamedTypeSymbol symbol) =>
        symbol.ContainingType is { } outer ? $"{NameOf(outer)}+{symbol.Name}" : $"{symbol.ContainingNamespace.ToDisplayString()}.{symbol.Name}";
}
