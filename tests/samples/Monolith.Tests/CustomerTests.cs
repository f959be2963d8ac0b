using System.Net.Http.Headers;
using Monolith.Tests.Support;

namespace Monolith.Tests;

public sealed class CustomerTests(ShopApp shop) : IClassFixture<ShopApp>
{
    [Fact]
    public async Task An_address_has_one_account()
    {
        var customer = await shop.NewCustomer();

        await customer.Post("/api/account/register", new { email = customer.Email.ToUpperInvariant(), name = "Twin", password = "another password" }, 409);
    }

    [Fact]
    public async Task Everything_wrong_with_a_new_account_is_said_at_once()
    {
        var problem = await shop.Anybody().Post("/api/account/register", new { email = "nobody", name = " ", password = "short" }, 400);

        Assert.Equal(["email", "name", "password"], problem.Fields());
    }

    [Theory]
    [InlineData("ada@example.com", "wrong")]
    [InlineData("nobody@example.com", "correct horse battery")]
    public async Task Who_cannot_sign_in_is_not_told_what_was_wrong(string email, string password)
    {
        var problem = await shop.Anybody().Post("/api/account/sign-in", new { email, password }, 401);

        Assert.Equal("Address or password are wrong.", problem.Text("detail"));
    }

    [Fact]
    public async Task A_token_ends_with_its_time()
    {
        await using var own = new ShopApp();
        var customer = await own.NewCustomer();
        own.Time.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        await customer.Get("/api/account");
        own.Time.Advance(TimeSpan.FromSeconds(2));

        await customer.Get("/api/account", 401);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.b.c")]
    [InlineData("e30.AAAA")]
    public async Task A_token_that_is_not_ours_opens_nothing(string token)
    {
        var somebody = shop.Anybody();
        somebody.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        await somebody.Get("/api/account", 401);
    }

    [Fact]
    public async Task A_customer_who_says_to_be_staff_is_not()
    {
        var customer = await shop.NewCustomer();
        var token = customer.Http.DefaultRequestHeaders.Authorization!.Parameter!;
        var claims = System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[0])).Replace("\"IsStaff\":false", "\"IsStaff\":true", StringComparison.Ordinal);
        Assert.Contains("true", claims, StringComparison.Ordinal);
        customer.Http.DefaultRequestHeaders.Authorization = new("Bearer", $"{System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(claims))}.{token.Split('.')[1]}");

        await customer.Get("/api/customers", 401);
    }

    [Fact]
    public async Task The_address_book_has_one_default()
    {
        var customer = await shop.NewCustomer();
        await customer.Post("/api/account/addresses", new { label = "Home", address = Shopper.Home });
        var account = await customer.Post("/api/account/addresses", new { label = "Work", address = Shopper.Home, isDefault = true });

        var entries = account.GetProperty("addresses").EnumerateArray().ToList();
        Assert.Equal(["Home False", "Work True"], entries.Select(e => $"{e.Text("label")} {e.GetProperty("isDefault").GetBoolean()}"));
        await customer.Delete($"/api/account/addresses/{entries[0].Number("id")}");
        await customer.Delete($"/api/account/addresses/{entries[0].Number("id")}", 404);
    }

    [Fact]
    public async Task Staff_see_everything_about_a_customer_on_one_page()
    {
        await using var own = new ShopApp();
        var customer = await own.NewCustomer();
        await customer.Put("/api/wishlist/30", status: 204);
        await customer.Put("/api/wishlist/30", status: 204);
        await customer.NewBasket((20, 1));
        var order = await customer.Receive((55, 1));
        var staff = await own.Staff();
        var id = (await staff.Get($"/api/customers?search={customer.Email}")).Items()[0].Number("id");

        var overview = await staff.Get($"/api/customers/{id}");

        Assert.Equal((1, order.Amount("total"), 0, 1), (overview.Number("orders"), overview.Amount("spent"), overview.Number("reviews"), overview.Number("openBaskets")));
        Assert.Equal(30, overview.GetProperty("wishlist")[0].Number("id"));
        await customer.Get($"/api/customers/{id}", 403);
    }

    [Fact]
    public async Task What_was_wished_for_can_be_forgotten()
    {
        var customer = await shop.NewCustomer();
        await customer.Put("/api/wishlist/31", status: 204);
        Assert.Equal("Alder shirt", (await customer.Get("/api/wishlist"))[0].Text("name"));

        await customer.Delete("/api/wishlist/31");

        Assert.Empty((await customer.Get("/api/wishlist")).EnumerateArray());
        await customer.Put("/api/wishlist/9999", status: 404);
    }
}
