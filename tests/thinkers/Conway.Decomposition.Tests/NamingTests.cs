using Conway.Decomposition.Naming;
using Conway.Decomposition.Pricing;

namespace Conway.Decomposition.Tests;

public sealed class NamingTests
{
    [Theory]
    [InlineData("IOrderLineRepository", "order line repository")]
    [InlineData("XMLFileReader2", "xml file reader")]
    [InlineData("_customerIds", "customer id")]
    [InlineData("GET /api/product-categories/{id}", "get api product category id")]
    [InlineData("Addresses", "address")]
    [InlineData("Status", "status")]
    [InlineData("TaxRates", "tax rate")]
    [InlineData("", "")]
    [InlineData("A1B2", "")]
    public void A_name_is_taken_apart_into_its_words(string name, string words) => Assert.Equal(words, string.Join(' ', NameWords.Of(name)));

    [Theory]
    [InlineData("Task<Order> Place(Guid id, Money total)", "Guid Money", "Order")]
    [InlineData("async Task<ActionResult<List<OrderDto>>> Find(CancellationToken token, [FromQuery] Dictionary<string, Money> by = null)", "Dictionary<string, Money>", "OrderDto")]
    [InlineData("void Clear()", "", "")]
    [InlineData("Money Total", "", "")]
    [InlineData("Broken(", "", "")]
    [InlineData("", "", "")]
    public void A_signature_says_what_it_takes_and_gives(string signature, string inputs, string outputs)
    {
        var (found, given) = SignatureTypes.Of(signature);
        Assert.Equal((inputs, outputs), (string.Join(' ', found), string.Join(' ', given)));
    }
}
