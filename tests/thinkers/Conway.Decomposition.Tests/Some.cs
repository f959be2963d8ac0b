using System.Collections.Immutable;
using Conway.CodeFacts;

namespace Conway.Decomposition.Tests;

/// <summary>Facts of code that nobody wrote: enough of a codebase for a test to look at.</summary>
internal static class Some
{
    /// <summary>Types by full name, in any order, and who uses whom: <c>Order -> Money</c>.</summary>
    public static Codebase Code(IEnumerable<string> fullNames, params string[] uses)
    {
        var names = fullNames.Order(StringComparer.Ordinal).ToArray();
        var ids = names.Select((n, i) => (n, i)).ToDictionary(x => x.n, x => x.i);
        var types = names.Select((name, id) =>
        {
            var outer = name.Contains('.') && ids.TryGetValue(name[..name.LastIndexOf('.')], out var o) ? o : Codebase.None;
            return new CodeType
            {
                Id = id,
                FullName = name,
                Name = name[(name.LastIndexOf('.') + 1)..].Split('`')[0],
                Namespace = outer == Codebase.None && name.Contains('.') ? name[..name.LastIndexOf('.')] : "",
                Kind = CodeTypeKind.Class,
                Project = 0,
                Place = new CodePlace(id, 1),
                Outer = outer,
            };
        }).ToImmutableArray();
        var edges = uses.Select(u => u.Split(" -> ")).SelectMany(u => u[1].Split(' ').Select(to => (From: Id(u[0]), To: Id(to))))
            .GroupBy(e => e).OrderBy(g => g.Key).Select(g => new TypeEdge(g.Key.From, g.Key.To, EdgeKind.Call, g.Count(), 0, [new CodePlace(g.Key.From, 2)])).ToImmutableArray();
        return new Codebase
        {
            Name = "some",
            Files = [.. names.Select(n => new CodeFile($"src/{n}.cs", 0, CodeFileKind.Source, 10))],
            Projects = [new CodeProject(0, "src/Some.csproj", "Some", CodeProjectKind.Library, [], [], [])],
            Types = types,
            Edges = edges,
        };

        int Id(string name) => types.First(t => t.FullName == name || t.Name == name).Id;
    }
}
