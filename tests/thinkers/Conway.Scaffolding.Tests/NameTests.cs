namespace Conway.Scaffolding.Tests;

public sealed class NameTests
{
    [Theory]
    [InlineData("orders", "Orders", "Order")]
    [InlineData("order-lines", "OrderLines", "OrderLine")]
    [InlineData("categories", "Categories", "Category")]
    [InlineData("boxes", "Boxes", "Box")]
    [InlineData("addresses", "Addresses", "Address")]
    [InlineData("houses", "Houses", "House")]
    [InlineData("stock", "Stock", "StockItem")]
    [InlineData("status", "Status", "StatusItem")]
    [InlineData("tasks", "Tasks", "TaskItem")]
    [InlineData("a--b-", "AB", "ABItem")]
    [InlineData("x-1", "X1", "X1Item")]
    public void A_name_of_the_model_has_one_for_all_and_one_for_one_in_code(string name, string all, string one) =>
        Assert.Equal((all, one), (CodeName.Pascal(name), CodeName.One(name)));

    [Theory]
    [InlineData("OrderLines", "small letters, digits and '-', beginning with a letter. Write 'order-lines'.")]
    [InlineData("Bestellübersicht", "small letters, digits and '-', beginning with a letter. Write 'bestell-bersicht'.")]
    [InlineData("1st order", "small letters, digits and '-', beginning with a letter. Write 'st-order'.")]
    [InlineData("注文", "small letters, digits and '-', beginning with a letter. Write one like 'order-lines'.")]
    [InlineData("", "small letters, digits and '-', beginning with a letter. Write one like 'order-lines'.")]
    [InlineData("a.b", "small letters, digits and '-', beginning with a letter. Write 'a-b'.")]
    public void What_is_no_name_is_answered_with_one_that_is(string name, string said) =>
        Assert.Equal($"'{name}' cannot be the name of a service: {said}", CodeName.Problem("a service", name));

    [Fact]
    public void A_name_has_63_characters_at_most()
    {
        Assert.Null(CodeName.Problem("a service", new string('a', 63)));
        Assert.Contains($"at most 63 characters. Write '{new string('a', 63)}'.", CodeName.Problem("a service", new string('a', 64)), StringComparison.Ordinal);
        Assert.DoesNotContain(new string('a', 100), CodeName.Problem("a service", new string('a', 1000)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("system")]
    [InlineData("path")]
    [InlineData("task")]
    [InlineData("http-client")]
    public void A_name_that_would_hide_one_of_the_code_is_refused(string name) =>
        Assert.Equal($"'{name}' cannot be the name of a service: in code it would be the namespace {CodeName.Pascal(name)}, which hides a name that the code needs. Write a longer one, such as '{name}-desk'.", CodeName.Problem("a service", name));
}
