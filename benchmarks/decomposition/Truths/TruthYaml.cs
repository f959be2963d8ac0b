using Conway.CodeFacts;
using Conway.Planted.Truth;

namespace Conway.Decomposition.Bench.Truths;

/// <summary>A truth file: see <c>docs/reference/truth-file.md</c>. Shared, technical and contested types are not scored here.</summary>
internal static class TruthYaml
{
    public static Truth Read(string path, Codebase code)
    {
        var (file, problems) = TruthReader.Read(File.ReadAllText(path));
        var names = code.Types.Select(t => NameOf(code, t)).ToArray();
        var assigned = TruthAssignment.Of(file, names);
        foreach (var problem in problems.Concat(assigned.Problems))
        {
            Console.Error.WriteLine($"{path}:{problem}");
        }

        var modules = file.Services.Select(s => s.Name).ToList();
        return new Truth([.. modules], [.. names.Select(n =>
            assigned.Places.TryGetValue(n, out var place) && place.Kind == TruthKind.Owned ? modules.IndexOf(place.Services[0]) : -1)]);
    }

    /// <summary>As in metadata, without arity.</summary>
    private static string NameOf(Codebase code, CodeType type) =>
        type.Outer != Codebase.None ? $"{NameOf(code, code.Types[type.Outer])}+{type.Name}" : type.Namespace.Length == 0 ? type.Name : $"{type.Namespace}.{type.Name}";
}
