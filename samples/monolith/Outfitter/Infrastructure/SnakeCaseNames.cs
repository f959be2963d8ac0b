using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Outfitter.Infrastructure;

/// <summary>Columns are called as SQL people like it: <c>UnitPrice.Cents</c> is <c>unit_price_cents</c> in every database.</summary>
public static class SnakeCaseNames
{
    public static void Apply(ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes())
        {
            entity.SetTableName(JsonNamingPolicy.SnakeCaseLower.ConvertName(entity.GetTableName()!));
            Apply(entity, "");
        }
    }

    private static void Apply(IMutableTypeBase type, string prefix)
    {
        foreach (var property in type.GetProperties())
            property.SetColumnName(prefix + JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        foreach (var complex in type.GetComplexProperties())
            Apply(complex.ComplexType, $"{prefix}{JsonNamingPolicy.SnakeCaseLower.ConvertName(complex.Name)}_");
    }
}
