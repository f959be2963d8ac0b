using Conway.Planted.Design;

namespace Conway.Planted.Code;

/// <summary>Types that do: services, controllers, validators, technical parts.</summary>
internal static class CallCode
{
    /// <summary>A service, a controller, a contested or a technical type.</summary>
    public static void Class(CodeText code, PlannedType type, Blueprint blueprint, IEnumerable<PlannedType> nested)
    {
        var isController = type.Role == Role.Controller;
        var bases = type.References.Where(r => r.Use == Use.Implement).Select(r => code.Name(r.Target)).ToList();
        if (isController)
        {
            code.Using("Microsoft.AspNetCore.Mvc");
            code.Line("[ApiController]");
            code.Line($"[Route(\"api/{System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(type.Noun)}\")]");
            bases.Add("ControllerBase");
        }

        code.Open($"public sealed class {type.Name}{(bases.Count > 0 ? $" : {string.Join(", ", bases)}" : "")}");
        Dependencies.Write(code, type);
        Methods(code, type, blueprint.Settings, isController);
        foreach (var transaction in blueprint.Transactions.Where(t => t.Service == type))
            PlantCode.Transaction(code, transaction, blueprint.Context!);
        foreach (var join in blueprint.Joins.Where(j => j.Service == type))
            PlantCode.Join(code, join, blueprint.Context!);
        foreach (var loop in blueprint.Loops.Where(l => l.Service == type))
            PlantCode.Loop(code, loop);
        foreach (var clone in nested)
        {
            code.Line();
            DataCode.Clone(code, clone);
        }

        code.Close();
    }

    public static void Interface(CodeText code, PlannedType type, PlantedSettings settings)
    {
        code.Open($"public interface {type.Name}");
        for (var i = 0; i < settings.Methods; i++)
        {
            if (i > 0)
                code.Line();
            code.Line($"int {Names.Method(type, i)}(int value);");
        }

        code.Close();
    }

    public static void Validator(CodeText code, PlannedType type)
    {
        var dto = type.References.First(r => r.Use == Use.Map).Target;
        code.Open($"public sealed class {type.Name}");
        code.Line($"public bool IsValid({code.Name(dto)} value) => value.Id > 0 && value.Code.Length is > 0 and < 40;");
        code.Close();
    }

    public static void Registration(CodeText code, PlannedType type)
    {
        code.Using("Microsoft.Extensions.DependencyInjection");
        code.Open($"public static class {type.Name}");
        code.Open("public static IServiceCollection AddPlanted(this IServiceCollection services)");
        foreach (var (service, _) in type.References.Where(r => r.Target.Role == Role.Service))
            code.Line(service.Front == service ? $"services.AddScoped<{code.Name(service)}>();" : $"services.AddScoped<{code.Name(service.Front)}, {code.Name(service)}>();");
        code.Line("return services;");
        code.Close();
        code.Close();
    }

    private static void Methods(CodeText code, PlannedType type, PlantedSettings settings, bool isController)
    {
        var statements = Dependencies.Calls(type).Concat(Handled(code, type)).ToList();
        for (var i = 0; i < settings.Methods; i++)
        {
            if (i > 0)
                code.Line();
            if (isController)
                code.Line($"[HttpGet(\"{Names.Verb(i).ToLowerInvariant()}/{{value:int}}\")]");
            code.Open($"public int {Names.Method(type, i)}(int value)");
            code.Line($"var total = value + {i};");
            foreach (var statement in statements.Where((_, n) => n % settings.Methods == i))
                code.Line(statement);
            Filler.Write(code, i);
            code.Line("return total;");
            code.Close();
        }
    }

    private static IEnumerable<string> Handled(CodeText code, PlannedType type)
    {
        foreach (var (target, _) in type.References.Where(r => r.Use == Use.Handle))
        {
            yield return target.Role switch
            {
                Role.Entity => $"total += new {code.Name(target)} {{ Size = total }}.{Names.Verb(0)}(2);",
                Role.Dto => $"total += new {code.Name(target)}(total, \"x\").Id;",
                _ => $"total += new {code.Name(target)} {{ Number = total }}.Number;",
            };
        }
    }
}
