using Conway.Planted.Design;

namespace Conway.Planted.Code;

/// <summary>Types that store: the context and repositories.</summary>
internal static class StoreCode
{
    public static void Context(CodeText code, PlannedType type)
    {
        code.Using("Microsoft.EntityFrameworkCore");
        var entities = type.References.Where(r => r.Target.Role == Role.Entity).Select(r => r.Target).ToList();
        code.Open($"public class {type.Name} : DbContext");
        code.Open($"public {type.Name}(DbContextOptions<{type.Name}> options)");
        code.Close();
        foreach (var entity in entities)
        {
            code.Line();
            code.Line($"public DbSet<{code.Name(entity)}> {Names.Set(entity)} => Set<{entity.Name}>();");
        }

        code.Line();
        code.Open("protected override void OnModelCreating(ModelBuilder modelBuilder)");
        foreach (var entity in entities)
            code.Line($"modelBuilder.Entity<{entity.Name}>().ToTable(\"{entity.Table}\");");
        code.Close();
        code.Close();
    }

    public static void Repository(CodeText code, PlannedType type, Blueprint blueprint, Flow flow)
    {
        var entity = type.References.First(r => r.Use == Use.Handle).Target;
        code.Using("System.Collections.Generic");
        code.Using("System.Linq");
        code.Open($"public sealed class {type.Name}");
        var items = blueprint.Context is { } context ? $"{Names.Field(context)}.{Names.Set(entity)}" : "_items";
        if (blueprint.Context is null)
        {
            code.Line($"private readonly List<{code.Name(entity)}> _items = new();");
            code.Line();
        }

        Dependencies.Write(code, type);
        code.Line($"public {code.Name(entity)}? Find(int id) => {items}.FirstOrDefault(item => item.Id == id);");
        code.Line();
        code.Line($"public IReadOnlyList<{entity.Name}> List(int size) => {items}.Where(item => item.Size >= size).OrderBy(item => item.Id).ToList();");
        code.Line();
        code.Open($"public void Add({entity.Name} item)");
        code.Line($"{items}.Add(item);");
        if (blueprint.Context is not null)
            code.Line($"{Names.Field(blueprint.Context)}.SaveChanges();");
        code.Close();
        foreach (var method in flow.Of(type).Where(m => m.Index >= 0))
        {
            code.Line();
            MethodCode.Write(code, type, method);
        }

        code.Close();
    }
}
