using Conway.Planted.Design;

namespace Conway.Planted.Code;

/// <summary>Methods that every type of a kind has, step by step.</summary>
internal static class MethodCode
{
    /// <summary>A line to the logger, where the type has one.</summary>
    public static void Log(CodeText code, PlannedType type)
    {
        if (type.References.FirstOrDefault(r => r.Use == Use.Log).Target is { } logger)
            code.Line($"{Names.Field(logger)}.Write(\"{type.Name}\");");
    }

    public static void Write(CodeText code, PlannedType type, PlannedMethod method)
    {
        code.Open($"public int {method.Name}(int value)");
        Log(code, type);
        code.Line($"var total = value + {method.Index};");
        foreach (var (n, step) in method.Steps.Index())
            code.Line(Statement(code, step, n));
        Filler.Write(code, method.Index);
        code.Line("return total;");
        code.Close();
    }

    /// <summary>In which <c>total</c> is added to.</summary>
    public static string Statement(CodeText code, Step step, int n) => step switch
    {
        Step.Call call => $"total += {Names.Field(call.Target)}.{call.Method}(total + {n});",
        Step.Send send => $"total += {Names.Field(send.Dispatcher)}.Send(new {code.Name(send.Command)}(total));",
        Step.Keep keep => $"{Names.Field(keep.Repository)}.{Names.Add}(new {code.Name(keep.Entity)} {{ Size = total }});",
        Step.List => $"total += List({n}).Count;",
        Step.Make { Target: { Role: Role.Entity } entity } => $"total += new {code.Name(entity)} {{ Size = total }}.{Names.Verb(0)}(2);",
        Step.Make { Target: { Role: Role.Dto } dto } => $"total += new {code.Name(dto)}(total, \"x\").Id;",
        Step.Make make => $"total += new {code.Name(make.Target)} {{ Number = total }}.Number;",
        _ => throw new InvalidOperationException($"There is no statement for {step}."),
    };
}
