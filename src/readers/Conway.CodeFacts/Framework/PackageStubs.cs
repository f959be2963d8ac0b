using System.Reflection;
using Conway.CodeFacts.Declared;
using Conway.CodeFacts.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Conway.CodeFacts.Framework;

/// <summary>Declarations of the packages through which types flow most: what is in a set, what a query gives, what a handler answers.</summary>
/// <remarks>Packages are not restored. Without these declarations <c>db.Orders.Where(o => …)</c> has no type, and nothing behind it is bound.
/// They lie beside this file, hold no code, and give no facts of their own.</remarks>
internal static class PackageStubs
{
    /// <summary>Names of the stubs, ordered.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. typeof(PackageStubs).Assembly.GetManifestResourceNames().Where(n => n.StartsWith("stub/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>Parsed stubs, without those whose types the codebase declares itself.</summary>
    public static IEnumerable<SyntaxTree> For(TypeTable types, CSharpParseOptions options)
    {
        var own = types.Types.Select(t => t.FullName).ToHashSet(StringComparer.Ordinal);
        return Names.Select(n => CSharpSyntaxTree.ParseText(SourceText.From(Text(n)), options, n)).Where(t => !Declared(t).Any(own.Contains));
    }

    public static string Text(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static IEnumerable<string> Declared(SyntaxTree tree) =>
        DeclarationReader.Read(new SourceFile(0, tree.FilePath, 0, CodeFileKind.Source, 0, tree)).Select(p => p.FullName);
}
