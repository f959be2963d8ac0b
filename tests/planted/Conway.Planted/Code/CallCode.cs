using Conway.Planted.Design;

namespace Conway.Planted.Code;

/// <summary>Types that do: services, controllers, validators, technical parts.</summary>
internal static class CallCode
{
    /// <summary>A service, a controller, a contested or a technical type.</summary>
    public static void Class(CodeText code, PlannedType type, Blueprint blueprint, Flow flow, IEnumerable<PlannedType> nested)
    {
        var isController = type.Role == Role.Controller;
        var bases = type.References.Where(r => r.Use == Use.Implement).Select(r => code.Name(r.Target)).ToList();
        if (isController)
        {
            code.Using("Microsoft.AspNetCore.Mvc");
            code.Line("[ApiController]");
            code.Line($"[Route(\"{Actions.RouteOf(type)}\")]");
            bases.Add("ControllerBase");
        }

        code.Open($"public sealed class {type.Name}{(bases.Count > 0 ? $" : {string.Join(", ", bases)}" : "")}");
        Dependencies.Write(code, type);
        if (isController)
            PlantCode.Actions(code, Design.Actions.Of(type, blueprint, flow), flow.OwnService(type));
        else
            Methods(code, type, flow.Of(type).Where(m => m.Index >= 0));
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

    public static void Interface(CodeText code, PlannedType type, Blueprint blueprint)
    {
        code.Open($"public interface {type.Name}");
        for (var i = 0; i < blueprint.Settings.Methods; i++)
        {
            if (i > 0)
                code.Line();
            code.Line($"int {Names.Method(type, i)}(int value);");
        }

        foreach (var (method, shape, _, _) in Actions.PlantsOf(blueprint.Of(Role.Service).First(s => s.Front == type), blueprint))
        {
            PlantCode.Asynchronous(code, shape);
            code.Line();
            code.Line($"{shape.Returns} {method}({shape.Parameters});");
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

    public static void Logger(CodeText code, PlannedType type)
    {
        code.Using("System.Diagnostics");
        code.Open($"public sealed class {type.Name}");
        code.Line("public void Write(string line) => Debug.WriteLine(line);");
        code.Close();
    }

    public static void Registration(CodeText code, PlannedType type)
    {
        code.Using("Microsoft.Extensions.DependencyInjection");
        code.Open($"public static class {type.Name}");
        code.Open("public static IServiceCollection AddPlanted(this IServiceCollection services)");
        foreach (var (target, _) in type.References.Where(r => r.Target.Role is Role.Handler or Role.Dispatcher))
        {
            if (target.Role == Role.Dispatcher)
                code.Line($"services.AddScoped<{code.Name(target)}>();");
            else
                code.Line($"services.AddScoped<{code.Name(type.References.First(r => r.Target.Role == Role.HandlerBase).Target)}<{code.Name(target.References.First(r => r.Use == Use.Take).Target)}>, {code.Name(target)}>();");
        }

        foreach (var (service, _) in type.References.Where(r => r.Target.Role == Role.Service))
            code.Line(service.Front == service ? $"services.AddScoped<{code.Name(service)}>();" : $"services.AddScoped<{code.Name(service.Front)}, {code.Name(service)}>();");
        code.Line("return services;");
        code.Close();
        code.Close();
    }

    private static void Methods(CodeText code, PlannedType type, IEnumerable<PlannedMethod> methods)
    {
        foreach (var (n, method) in methods.Index())
        {
            if (n > 0)
                code.Line();
            MethodCode.Write(code, type, method);
        }
    }
}
