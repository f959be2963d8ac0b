using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shop.Tests.Support;

namespace Shop.Tests;

[Collection(nameof(ShopCollection))]
public sealed class CatalogTests(ShopFixture fixture)
{
    private readonly HttpClient _catalog = fixture.Shop.Catalog.Http;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_products_are_seen_page_by_page()
    {
        var seen = new Dictionary<string, JsonElement>();
        string? cursor = null;
        do
        {
            var page = await _catalog.GetFromJsonAsync<JsonElement>($"/api/products?limit=90&cursor={cursor}", Ct);
            foreach (var product in page.GetProperty("items").EnumerateArray())
                seen.Add(product.GetProperty("id").GetString()!, product);
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);

        Assert.Equal(1000, seen.Count);
        Assert.Equal(1000, seen.Values.Select(p => p.GetProperty("name").GetString()).Distinct().Count());
        Assert.All(seen.Values, p => Assert.InRange(p.GetProperty("priceCents").GetInt32(), 500, 50_000));
        Assert.Equal("Oak Serving Board", seen["p-0001"].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Every_product_has_a_place_on_the_shelf()
    {
        var ids = string.Join(',', Enumerable.Range(901, 100).Select(i => $"p-{i:0000}"));

        var levels = await fixture.Shop.Inventory.Http.GetFromJsonAsync<JsonElement>($"/api/stock?products={ids}", Ct);

        Assert.Equal(100, levels.GetArrayLength());
    }

    [Fact]
    public async Task A_list_that_did_not_change_is_not_sent_again()
    {
        using var first = await _catalog.GetAsync("/api/products", Ct);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/products") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };

        using var second = await _catalog.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("search=walnut+mug", 0)]
    [InlineData("search=WALNUT", 20)]
    [InlineData("category=Garden", 100)]
    [InlineData("category=Garden&search=trowel", 10)]
    [InlineData("search=%25", 0)]
    [InlineData("search=_", 0)]
    [InlineData("ids=p-0001,p-9999,p-0002", 2)]
    public async Task A_search_finds_what_was_typed(string query, int found)
    {
        var page = await _catalog.GetFromJsonAsync<JsonElement>($"/api/products?limit=100&{query}", Ct);

        Assert.Equal(found, page.GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("cursor=%25%25", "cursor")]
    [InlineData("cursor=AAAA", "cursor")]
    public async Task A_question_that_makes_no_sense_is_refused_by_field(string query, string field)
    {
        using var answer = await _catalog.GetAsync($"/api/products?{query}", Ct);

        var problem = await Customer.Json(answer, HttpStatusCode.BadRequest);
        Assert.Equal(field, Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
    }
}
