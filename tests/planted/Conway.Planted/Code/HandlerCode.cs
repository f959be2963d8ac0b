using Conway.Planted.Design;

namespace Conway.Planted.Code;

/// <summary>Commands, their handlers, and what brings them together.</summary>
internal static class HandlerCode
{
    public static void Command(CodeText code, PlannedType type) => code.Line($"public sealed record {type.Name}(int Value);");

    public static void Handler(CodeText code, PlannedType type, Flow flow)
    {
        var command = type.References.First(r => r.Use == Use.Take).Target;
        var root = type.References.First(r => r.Use == Use.Implement).Target;
        code.Open($"public sealed class {type.Name} : {code.Name(root)}<{code.Name(command)}>");
        Dependencies.Write(code, type);
        code.Open($"public int {Names.Handle}({command.Name} command)");
        MethodCode.Log(code, type);
        code.Line("var total = command.Value;");
        foreach (var (n, step) in flow.Of(type)[0].Steps.Index())
            code.Line(MethodCode.Statement(code, step, n));
        code.Line("return total;");
        code.Close();
        code.Close();
    }

    public static void HandlerBase(CodeText code, PlannedType type)
    {
        code.Open($"public interface {type.Name}<in TCommand>");
        code.Line($"int {Names.Handle}(TCommand command);");
        code.Close();
    }

    public static void Dispatcher(CodeText code, PlannedType type)
    {
        var root = type.References.First(r => r.Target.Role == Role.HandlerBase).Target;
        code.Using("System");
        code.Using("Microsoft.Extensions.DependencyInjection");
        code.Open($"public sealed class {type.Name}");
        code.Line("private readonly IServiceProvider _provider;");
        code.Line();
        code.Open($"public {type.Name}(IServiceProvider provider)");
        code.Line("_provider = provider;");
        code.Close();
        code.Line();
        code.Open("public int Send<TCommand>(TCommand command)");
        code.Line($"return _provider.GetRequiredService<{code.Name(root)}<TCommand>>().{Names.Handle}(command);");
        code.Close();
        code.Close();
    }
}
