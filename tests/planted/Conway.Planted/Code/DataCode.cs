using Conway.Planted.Design;

namespace Conway.Planted.Code;

/// <summary>Types that hold: entities, contracts, values.</summary>
internal static class DataCode
{
    public static void Entity(CodeText code, PlannedType type, PlantedSettings settings)
    {
        var root = type.References.First(r => r.Use == Use.Derive).Target;
        code.Open($"public class {type.Name} : {code.Name(root)}");
        code.Line("public string Code { get; set; } = \"\";");
        code.Line();
        code.Line("public int Size { get; set; }");
        foreach (var (target, use) in type.References)
        {
            if (use == Use.Hold)
            {
                code.Line();
                code.Line($"public {code.Name(target)} {target.Name} {{ get; set; }}");
            }
            else if (use == Use.Navigate)
            {
                code.Line();
                code.Line($"public int? {target.Name}Id {{ get; set; }}");
                code.Line();
                code.Line($"public {code.Name(target)}? {target.Name} {{ get; set; }}");
            }
        }

        for (var i = 0; i < Math.Max(1, settings.Methods / 2); i++)
        {
            code.Line();
            code.Open($"public int {Names.Verb(i)}(int factor)");
            code.Line($"var total = Size * factor + {i};");
            Filler.Write(code, i);
            code.Line("return total;");
            code.Close();
        }

        code.Close();
    }

    public static void Dto(CodeText code, PlannedType type)
    {
        var entity = type.References.First(r => r.Use == Use.Map).Target;
        code.Open($"public sealed record {type.Name}(int Id, string Code)");
        foreach (var (target, _) in type.References.Where(r => r.Use == Use.Hold))
        {
            code.Line($"public {code.Name(target)} {target.Name} {{ get; init; }}");
            code.Line();
        }

        code.Line($"public static {type.Name} From({code.Name(entity)} item) => new(item.Id, item.Code);");
        code.Close();
    }

    /// <summary>Of the same shape in every module.</summary>
    public static void Clone(CodeText code, PlannedType type)
    {
        code.Open($"public sealed class {type.Name}");
        code.Line("public int Number { get; set; }");
        code.Line();
        code.Line("public string Text { get; set; } = \"\";");
        code.Close();
    }

    public static void Base(CodeText code, PlannedType type)
    {
        code.Using("System");
        code.Open($"public abstract class {type.Name}");
        code.Line("public int Id { get; set; }");
        code.Line();
        code.Line("public DateTime ChangedAt { get; set; }");
        code.Close();
    }

    public static void Shared(CodeText code, PlannedType type)
    {
        // The last five of the list are enums.
        if (Array.IndexOf(Themes.SharedNames, type.Name) >= 7)
        {
            code.Open($"public enum {type.Name}");
            code.Line("Unknown,");
            code.Line("Low,");
            code.Line("High,");
        }
        else
        {
            code.Open($"public readonly record struct {type.Name}(int Value)");
            code.Line($"public {type.Name} Plus({type.Name} other) => new(Value + other.Value);");
        }

        code.Close();
    }
}
