using Conway.Planted.Design;

namespace Conway.Planted.Code;

/// <summary>What a type gets by its constructor, and how it calls it.</summary>
internal static class Dependencies
{
    public static IReadOnlyList<PlannedType> Of(PlannedType type) => [.. type.References.Where(r => r.Use is Use.Inject or Use.Log).Select(r => r.Target)];

    /// <summary>Fields and the constructor, with an empty line behind.</summary>
    public static void Write(CodeText code, PlannedType type)
    {
        var all = Of(type);
        if (all.Count == 0)
            return;
        foreach (var target in all)
            code.Line($"private readonly {code.Name(target)} {Names.Field(target)};");
        code.Line();
        code.Open($"public {type.Name}({string.Join(", ", all.Select(t => $"{t.Name} {Names.Parameter(t)}"))})");
        foreach (var target in all)
            code.Line($"{Names.Field(target)} = {Names.Parameter(target)};");
        code.Close();
        code.Line();
    }
}
