using System.Globalization;
using Conway.CodeFacts.Framework;

namespace Conway.CodeFacts;

/// <summary>Codebases out of a few lines, and facts as lines that can be compared.</summary>
internal static class Some
{
    /// <summary>One file without a project: <c>a.cs</c>.</summary>
    public static Codebase Code(string text) => Files(("a.cs", text));

    public static Codebase Files(params (string Path, string Text)[] files) => Read(Tree(files));

    /// <summary>Reads with references that are looked for once for all tests.</summary>
    public static Codebase Read(ISourceTree tree, CodebaseOptions? options = null, Action<ReadingProgress>? progress = null, CancellationToken? cancellation = null) =>
        CodebaseReader.Read(tree, options ?? new CodebaseOptions { Parallelism = 2 }, Framework, progress, cancellation ?? TestContext.Current.CancellationToken);

    public static IReadOnlyList<Microsoft.CodeAnalysis.MetadataReference> Framework { get; } = FrameworkReferences.Find(FrameworkReferences.Roots());

    public static MemorySourceTree Tree(params (string Path, string Text)[] files) => new("shop", files.Select(f => KeyValuePair.Create(f.Path, f.Text)));

    public const string Library = """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>""";

    public const string Web = """<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>""";

    /// <summary><c>Order -> Customer Field 2 a.cs:3 a.cs:4</c>, with <c>2/1</c> when one of the two was inferred.</summary>
    public static string[] Edges(this Codebase code) =>
        [.. code.Edges.Select(e => $"{code.Types[e.From].Name} -> {code.Types[e.To].Name} {e.Kind} {e.Count}{(e.Inferred > 0 ? "/" + e.Inferred.ToString(CultureInfo.InvariantCulture) : "")} {string.Join(' ', e.Evidence.Select(code.At))}")];

    /// <summary>Edges without counts and places.</summary>
    public static string[] EdgeKinds(this Codebase code) => [.. code.Edges.Select(e => $"{code.Types[e.From].Name} -> {code.Types[e.To].Name} {e.Kind}")];

    /// <summary><c>Shop.Place -> Orders.Add:7 InLoop</c></summary>
    public static string[] Calls(this Codebase code) =>
        [.. code.Calls.Select(c => $"{code.Member(c.From)} -> {code.Types[c.ToType].Name}.{(c.To < 0 ? "?" : code.Members[c.To].Name)}:{c.Place.Line}{(c.Flags == 0 ? "" : " " + c.Flags)}")];

    public static string Member(this Codebase code, int id) => id < 0 ? "?" : $"{code.Types[code.Members[id].Type].Name}.{code.Members[id].Name}";

    public static CodeType Type(this Codebase code, string name) => Assert.Single(code.Types, t => t.Name == name || t.FullName == name);

    public static string[] FindingLines(this Codebase code) => [.. code.Findings.Select(f => f.ToString())];
}
