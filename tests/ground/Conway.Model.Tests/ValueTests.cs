namespace Conway.Model.Tests;

public sealed class ValueTests
{
    [Fact]
    public void Two_systems_that_say_the_same_are_equal()
    {
        SystemModel One() => new()
        {
            System = "shop",
            Services = new NameMap<Service>([KeyValuePair.Create("a", new Service { Tags = ["x", "y"], Calls = new([KeyValuePair.Create("b", new Call { Retries = 2 })]) })]),
        };

        Assert.Equal(One(), One());
        Assert.Equal(One().GetHashCode(), One().GetHashCode());
        Assert.NotEqual(One(), One() with { Services = NameMap<Service>.Empty });
    }

    [Fact]
    public void The_order_of_names_does_not_matter_for_equality_and_is_kept_for_reading()
    {
        var one = new NameMap<int>([KeyValuePair.Create("b", 1), KeyValuePair.Create("a", 2)]);
        var other = new NameMap<int>([KeyValuePair.Create("a", 2), KeyValuePair.Create("b", 1)]);

        Assert.True(one.Equals(other));
        Assert.Equal(["b", "a"], one.Keys);
        Assert.Equal(["b", "a", "c"], one.With("c", 3).Keys);
        Assert.Equal(9, one.With("b", 9)["b"]);
    }

    [Fact]
    public void The_order_of_a_list_matters()
    {
        ValueList<string> one = ["a", "b"], other = ["b", "a"];
        Assert.False(one.Equals(other));
    }

    [Theory]
    [InlineData("orders", true)]
    [InlineData("orders-db2", true)]
    [InlineData("Orders", false)]
    [InlineData("orders_db", false)]
    [InlineData("2nd", false)]
    [InlineData("", false)]
    public void A_name_is_a_dns_label(string text, bool isName) => Assert.Equal(isName, Names.IsName(text));

    [Fact]
    public void A_name_has_at_most_63_letters()
    {
        Assert.True(Names.IsName(new string('a', 63)));
        Assert.False(Names.IsName(new string('a', 64)));
    }

    [Fact]
    public void A_name_becomes_a_variable() => Assert.Equal("ORDERS_DB_2", Names.ToVariable("orders-db-2"));
}
