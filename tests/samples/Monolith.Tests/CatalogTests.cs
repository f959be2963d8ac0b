using System.Net;
using System.Net.Http.Json;
using Monolith.Tests.Support;

namespace Monolith.Tests;

public sealed class CatalogTests(ShopApp shop) : IClassFixture<ShopApp>
{
    private static readonly object NewTent = Tent("TNT-900");

    [Theory]
    [InlineData("", 60)]
    [InlineData("search=CEDAR", 10)]
    [InlineData("search=cedar&category=clothing", 3)]
    [InlineData("category=camp", 24)]
    [InlineData("category=tents&brand=larch", 1)]
    [InlineData("category=unknown", 0)]
    [InlineData("search=%25", 0)]
    [InlineData("search=_", 0)]
    [InlineData("category=trail-food&maxPrice=16.90", 3)]
    [InlineData("category=trail-food&minPrice=11.90&maxPrice=16.90", 2)]
    public async Task A_search_finds_what_was_asked_for(string query, int found)
    {
        var page = await shop.Anybody().Get($"/api/products?{query}");

        Assert.Equal(found, page.Number("total"));
    }

    [Fact]
    public async Task What_is_sold_out_is_left_out_when_asked_to()
    {
        var all = await shop.Anybody().Get("/api/products?pageSize=100");
        var inStock = await shop.Anybody().Get("/api/products?pageSize=100&inStock=true");

        Assert.Contains(all.Items(), p => p.Number("available") == 0);
        Assert.Equal(all.Items().Count(p => p.Number("available") > 0), inStock.Number("total"));
    }

    [Fact]
    public async Task Pages_do_not_overlap_and_leave_nothing_out()
    {
        var seen = new List<int>();
        for (var page = 1; page <= 7; page++)
            seen.AddRange((await shop.Anybody().Get($"/api/products?sort=price&pageSize=9&page={page}")).Items().Select(p => p.Number("id")));

        Assert.Equal(60, seen.Count);
        Assert.Equal(60, seen.Distinct().Count());
    }

    [Fact]
    public async Task The_cheapest_stand_first_when_sorted_by_price()
    {
        var prices = (await shop.Anybody().Get("/api/products?sort=price&pageSize=100")).Items().Select(p => p.Amount("price")).ToList();

        Assert.Equal(prices.Order(), prices);
    }

    [Theory]
    [InlineData("page=0", "page")]
    [InlineData("pageSize=101", "pageSize")]
    [InlineData("pageSize=many", "pageSize")]
    [InlineData("sort=weight", "sort")]
    public async Task A_list_that_cannot_be_is_refused_by_field(string query, string field)
    {
        var problem = await shop.Anybody().Get($"/api/products?{query}", 400);

        Assert.Equal(field, Assert.Single(problem.Fields()), ignoreCase: true);
    }

    [Fact]
    public async Task The_tree_of_categories_counts_what_is_below()
    {
        var tree = await shop.Anybody().Get("/api/categories");

        var camp = tree.EnumerateArray().Single(c => c.Text("name") == "Camp");
        Assert.Equal(24, camp.Number("products"));
        Assert.Equal(["Sleeping bags", "Stoves", "Tents", "Trail food"], camp.GetProperty("children").EnumerateArray().Select(c => c.Text("name")));
    }

    [Fact]
    public async Task Staff_add_a_product_and_it_has_its_place_in_every_warehouse()
    {
        var staff = await shop.Staff();

        var product = await staff.Post("/api/products", NewTent, 201);

        Assert.Equal("big-tent-tnt-900", product.Text("slug"));
        Assert.Equal(["HAM", "MUC"], product.GetProperty("stock").EnumerateArray().Select(s => s.Text("warehouse")));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, product.GetProperty("price").ValueKind);
        var again = await staff.Post("/api/products", NewTent, 409);
        Assert.Equal("The SKU 'TNT-900' belongs to another product.", again.Text("detail"));
    }

    [Fact]
    public async Task Only_staff_may_change_what_is_sold()
    {
        await shop.Anybody().Post("/api/products", Tent("TNT-901"), 401);
        await (await shop.NewCustomer()).Post("/api/products", Tent("TNT-901"), 403);
    }

    [Fact]
    public async Task Everything_wrong_with_a_product_is_said_at_once()
    {
        var staff = await shop.Staff();

        var problem = await staff.Post(
            "/api/products", new { sku = "a b", name = "X", description = "", categoryId = 2, brandId = 1, status = "Active", taxClass = "none", weightGrams = -1 }, 400);

        Assert.Equal(["name", "sku", "taxClass", "weightGrams"], problem.Fields());
    }

    [Fact]
    public async Task A_change_of_an_old_version_is_refused()
    {
        var staff = await shop.Staff();
        var product = await staff.Post("/api/products", Tent("TNT-902"), 201);
        var path = $"/api/products/{product.Number("id")}";

        using var first = await Change(staff, path, $"\"{product.Number("version")}\"", "TNT-902");
        using var second = await Change(staff, path, $"\"{product.Number("version")}\"", "TNT-902");
        using var third = await Change(staff, path, first.Headers.ETag!.ToString(), "TNT-902");

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, second.StatusCode);
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Fact]
    public async Task What_is_discontinued_is_neither_listed_nor_put_into_a_basket()
    {
        var staff = await shop.Staff();
        var id = (await staff.Post("/api/products", Tent("TNT-903", "Active"), 201)).Number("id");
        Assert.Equal(1, (await staff.Get("/api/products?search=big+tent")).Number("total"));

        await staff.Delete($"/api/products/{id}");

        Assert.Equal(0, (await staff.Get("/api/products?search=big+tent")).Number("total"));
        var problem = await staff.Post($"/api/baskets/{await staff.NewBasket()}/items", new { productId = id, quantity = 1 }, 422);
        Assert.Equal("'Big tent' is not sold any more.", problem.Text("detail"));
    }

    [Fact]
    public async Task What_is_bought_together_is_shown_together()
    {
        var customer = await shop.NewCustomer();
        await customer.Order((5, 1), (40, 1));

        var related = (await customer.Get("/api/products/5/related")).EnumerateArray().Select(p => p.Number("id")).ToList();

        Assert.Equal(40, related[0]);
        Assert.Equal(4, related.Count);
        Assert.DoesNotContain(5, related);
    }

    [Fact]
    public async Task Who_changed_a_product_stands_in_the_audit()
    {
        var staff = await shop.Staff();
        await staff.Post("/api/products", Tent("TNT-904"), 201);

        var audit = await staff.Get("/api/admin/audit?entity=Product&pageSize=100");

        Assert.Contains(audit.Items(), e => e.Text("key") == "TNT-904" && e.Text("action") == "Added" && e.Text("who") == "staff@outfitter.example");
    }

    private static object Tent(string sku, string status = "Draft") => new
    {
        sku,
        name = "Big tent",
        description = "For all.",
        categoryId = 2,
        brandId = 1,
        status,
        taxClass = "standard",
        weightGrams = 3000,
        images = new[] { "/images/big.jpg" },
        attributes = new Dictionary<string, string> { ["Colour"] = "moss" },
    };

    private static async Task<HttpResponseMessage> Change(Shopper staff, string path, string tag, string sku)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(Tent(sku)) };
        request.Headers.TryAddWithoutValidation("If-Match", tag);
        return await staff.Http.SendAsync(request, ShopApp.Ct);
    }
}
