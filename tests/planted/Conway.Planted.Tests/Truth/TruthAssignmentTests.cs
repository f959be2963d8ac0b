using Conway.Planted.Truth;

namespace Conway.Planted.Tests.Truth;

public sealed class TruthAssignmentTests
{
    [Theory]
    [InlineData("Order", "Shop.Entities.Order", true)]
    [InlineData("Order", "Order", true)]
    [InlineData("Order", "Shop.Order.Basket", false)]
    [InlineData("Order", "Shop.Entities.OrderLine", false)]
    [InlineData("order", "Shop.Entities.Order", false)]
    [InlineData("Entities.Order", "Shop.Entities.Order", true)]
    [InlineData("Entities.Order", "Shop.MyEntities.Order", false)]
    [InlineData("Shop.Entities.Order", "Order", false)]
    [InlineData("Order*", "Shop.OrderLine", true)]
    [InlineData("*Line", "Shop.OrderLine", true)]
    [InlineData("O*r*e", "Shop.OrderLine", true)]
    [InlineData("O*x*e", "Shop.OrderLine", false)]
    [InlineData("Order????", "Shop.OrderLine", true)]
    [InlineData("Order???", "Shop.OrderLine", false)]
    [InlineData("Jobs.*", "Shop.Jobs.Nightly", true)]
    [InlineData("Jobs.*", "Shop.Jobs.Nightly.Deep", false)]
    [InlineData("*", "Shop.Order", true)]
    [InlineData("*", "Shop.Order+Line", false)]
    [InlineData("Line", "Shop.Order+Line", false)]
    [InlineData("Order.Line", "Shop.Order+Line", true)]
    [InlineData("Shop.Order.Line", "Shop.Order+Line", true)]
    [InlineData("A*a*a*a*a*a*a*a*b", "Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    public void A_name_means_the_last_parts_of_a_type(string pattern, string type, bool matches) => Assert.Equal(matches, new TypePattern(pattern).Matches(type));

    [Fact]
    public void A_type_goes_where_the_most_exact_name_says()
    {
        var truth = Truth("a: [\"Order*\", Dtos.Order, OrderLine.Part]", "b: [\"Dtos.Order*\", OrderLine]");

        var assignment = TruthAssignment.Of(truth, ["S.Dtos.Order", "S.Dtos.OrderPage", "S.Orders.OrderPage", "S.OrderLine", "S.OrderLine+Part", "S.OrderLine+Rest", "S.Other"]);

        Assert.Empty(assignment.Problems);
        Assert.Equal(
            ["S.Dtos.Order a", "S.Dtos.OrderPage b", "S.OrderLine b", "S.OrderLine+Part a", "S.OrderLine+Rest b", "S.Orders.OrderPage a"],
            assignment.Places.Select(p => $"{p.Key} {p.Value}"));
        Assert.Equal(["S.Other"], assignment.Unlisted);
    }

    [Fact]
    public void A_name_without_a_type_and_a_type_with_two_places_are_told()
    {
        var truth = Truth("a: [Order, Gone]", "b: [Order]");

        var assignment = TruthAssignment.Of(truth, ["S.Order"]);

        Assert.Equal(
            ["4: 'Order' names S.Order, which 'Order' in line 3 names, too. A type has one place; write the full name where it belongs.", "3: no type is called 'Gone'."],
            assignment.Problems);
        Assert.Equal("a", assignment.Places["S.Order"].ToString());
    }

    [Fact]
    public void Shared_technical_and_contested_types_have_their_own_places()
    {
        var truth = TruthReader.Read("system: s\nservices:\n  a: { purpose: P, types: [A] }\n  b: { purpose: P, types: [B] }\nshared: [Money]\ntechnical: [Clock]\ncontested:\n  Wish: [a, b]").Truth;

        var places = TruthAssignment.Of(truth, ["S.A", "S.B", "S.Money", "S.Clock", "S.Wish"]).Places;

        Assert.Equal(["a", "b", "technical", "shared", "a or b"], new[] { "S.A", "S.B", "S.Clock", "S.Money", "S.Wish" }.Select(t => places[t].ToString()));
        Assert.Equal(new TruthPlace(TruthKind.Contested, ["a", "b"]), places["S.Wish"]);
    }

    private static TruthFile Truth(params string[] services) =>
        TruthReader.Read("system: s\nservices:\n" + string.Join('\n', services.Select(s => $"  {s.Split(':')[0]}: {{ purpose: P, types:{s.Split(':')[1]} }}"))).Truth;
}
