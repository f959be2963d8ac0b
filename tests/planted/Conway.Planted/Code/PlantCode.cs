using Conway.Planted.Design;

namespace Conway.Planted.Code;

/// <summary>Methods that make a cut dear.</summary>
internal static class PlantCode
{
    public static void Transaction(CodeText code, Blueprint.Transaction transaction, PlannedType context)
    {
        Asynchronous(code, PlantShape.Transaction);
        code.Using("Microsoft.EntityFrameworkCore");
        code.Line();
        code.Open($"public async Task {transaction.Method}(int value, CancellationToken ct)");
        var field = Names.Field(context);
        code.Line($"await using var transaction = await {field}.Database.BeginTransactionAsync(ct);");
        foreach (var entity in transaction.Entities)
            code.Line($"{field}.{Names.Set(entity)}.Add(new {code.Name(entity)} {{ Size = value }});");
        code.Line($"await {field}.SaveChangesAsync(ct);");
        code.Line("await transaction.CommitAsync(ct);");
        code.Close();
    }

    public static void Join(CodeText code, Blueprint.Join join, PlannedType context)
    {
        Asynchronous(code, PlantShape.Join);
        code.Using("Microsoft.EntityFrameworkCore");
        code.Line();
        code.Open($"public async Task<int> {join.Method}(CancellationToken ct)");
        code.Line($"const string sql = \"SELECT COUNT(*) AS Value FROM {join.Left.Table} a JOIN {join.Right.Table} b ON b.size = a.size\";");
        code.Line($"return (await {Names.Field(context)}.Database.SqlQueryRaw<int>(sql).ToListAsync(ct))[0];");
        code.Close();
    }

    public static void Loop(CodeText code, Blueprint.Loop loop)
    {
        code.Line();
        code.Open($"public int {loop.Method}(int[] values)");
        code.Line("var total = 0;");
        code.Open("foreach (var value in values)");
        code.Line($"total += {Names.Field(loop.Callee)}.{Names.Method(loop.Callee, 0)}(value);");
        code.Close();
        code.Line("return total;");
        code.Close();
    }

    public static void Actions(CodeText code, IEnumerable<PlannedAction> actions, PlannedType? service)
    {
        foreach (var (n, action) in actions.Index())
        {
            if (n > 0)
                code.Line();
            code.Line($"[Http{action.Verb}(\"{action.Template}\")]");
            if (action.Shape is { } shape)
            {
                Asynchronous(code, shape);
                code.Line($"public {shape.Returns} {action.Method.Name}({shape.Parameters}) => {Names.Field(service!.Front)}.{action.Method.Name}({shape.Arguments});");
            }
            else
            {
                MethodCode.Write(code, action.Controller, action.Method);
            }
        }
    }

    public static void Asynchronous(CodeText code, PlantShape shape)
    {
        if (!shape.IsAsynchronous)
            return;
        code.Using("System.Threading");
        code.Using("System.Threading.Tasks");
    }
}
