using Conway.CodeFacts;
using Conway.Decomposition.Units;

namespace Conway.Decomposition.Tests;

public sealed class UnitTests
{
    [Fact]
    public void A_nested_type_moves_with_the_type_around_it()
    {
        var code = Some.Code(["Shop.Order", "Shop.Order.Line", "Shop.Order.Line.Part", "Shop.Payment"]);
        var units = UnitTable.Of(code);
        Assert.Equal(["Shop.Order", "Shop.Payment"], units.All.Select(u => u.FullName));
        Assert.Equal(["Shop.Order", "Shop.Order.Line", "Shop.Order.Line.Part"], units.All[0].Types.Select(t => code.Types[t].FullName));
        Assert.All(code.Types, t => Assert.Contains(t.Id, units.All[units.OfType(t.Id)].Types));
    }

    [Fact]
    public void A_table_is_its_entitys_unit_or_one_of_its_own()
    {
        var code = Some.Code(["Shop.Order", "Shop.Line"]) with
        {
            Tables = [new StoreTable(0, "archive", "old", StoreTableKind.Table, default), new StoreTable(1, "orders", null, StoreTableKind.Table, default)],
            Entities =
            [
                new Entity { Id = 0, Type = 0, Table = 1, Owner = 1, Found = StoreAccess.EfCore, NamedBy = TableNameSource.Shared, Place = default },
                new Entity { Id = 1, Type = 1, Table = 1, Found = StoreAccess.EfCore, NamedBy = TableNameSource.Mapping, Place = default },
            ],
        };
        var units = UnitTable.Of(code);
        Assert.Equal(3, units.Count);
        Assert.Equal("Shop.Order", units.All[units.OfTable(1)].FullName);
        Assert.Equal("old.archive", units.All[units.OfTable(0)].Name);
        Assert.True(units.All[units.OfTable(0)].IsTable);
    }

    [Fact]
    public void Renamed_namespaces_leave_the_order_as_it_was()
    {
        string[] names = ["A.Order", "A.Line", "B.Payment", "B.Options", "C.Options", "C.Shipment", "D.Options", "D.Basket"];
        string[] uses = ["Order -> Line", "Payment -> B.Options", "Shipment -> C.Options Order", "Basket -> D.Options Order Line"];
        string Renamed(string text) => text.Replace("B.", "Z.", StringComparison.Ordinal).Replace("D.", "B.", StringComparison.Ordinal);

        var before = Some.Code(names, uses);
        var after = Some.Code(names.Select(Renamed), [.. uses.Select(Renamed)]);
        foreach (var useNames in new[] { true, false })
        {
            Assert.Equal(
                UnitTable.Of(before, useNames).All.Select(u => Renamed(u.FullName)),
                UnitTable.Of(after, useNames).All.Select(u => u.FullName));
        }
    }

    [Fact]
    public void Without_names_only_the_structure_decides_the_order()
    {
        string[] uses = ["Order -> Line Money", "Line -> Money", "Payment -> Money"];
        string Renamed(string text) => text.Replace("Order", "Zebra", StringComparison.Ordinal).Replace("Payment", "Aardvark", StringComparison.Ordinal);
        string[] names = ["S.Order", "S.Line", "S.Money", "S.Payment"];

        var before = UnitTable.Of(Some.Code(names, uses), useNames: false).All.Select(u => Renamed(u.Name));
        var after = UnitTable.Of(Some.Code(names.Select(Renamed), [.. uses.Select(Renamed)]), useNames: false).All.Select(u => u.Name);
        Assert.Equal(before, after);
    }
}
