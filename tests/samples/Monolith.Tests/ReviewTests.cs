using Monolith.Tests.Support;

namespace Monolith.Tests;

public sealed class ReviewTests(ShopApp shop) : IClassFixture<ShopApp>
{
    private static readonly object Good = new { rating = 5, title = "Very good", text = "Warm and dry for a week." };

    [Fact]
    public async Task Only_who_has_received_it_writes_about_it_and_once()
    {
        var customer = await shop.NewCustomer();
        await customer.Order((45, 1));
        var problem = await customer.Post("/api/products/45/reviews", Good, 422);
        Assert.Equal("Only who has received 'Cedar boots' from us can tell what it is like.", problem.Text("detail"));

        await customer.Receive((45, 1));

        var review = await customer.Post("/api/products/45/reviews", Good, 201);
        Assert.Equal(("Nora", "Approved"), (review.Text("author"), review.Text("status")));
        await customer.Post("/api/products/45/reviews", Good, 409);
    }

    [Fact]
    public async Task The_rating_of_a_product_follows_its_reviews()
    {
        var staff = await shop.Staff();
        foreach (var rating in new[] { 5, 4, 4 })
        {
            var customer = await shop.NewCustomer();
            await customer.Receive((46, 1));
            await customer.Post("/api/products/46/reviews", new { rating, title = "It is fine", text = "No more to say than that." }, 201);
        }

        var product = await staff.Get("/api/products/46");
        Assert.Equal((4.33, 3), (product.GetProperty("rating").GetDouble(), product.Number("reviewCount")));

        var worst = (await staff.Get("/api/products/46/reviews")).Items()[0].Number("id");
        await staff.Post($"/api/reviews/{worst}/reject");
        Assert.Equal(2, (await staff.Get("/api/products/46")).Number("reviewCount"));
    }

    [Fact]
    public async Task What_looks_like_advertising_waits_for_a_person()
    {
        var customer = await shop.NewCustomer();
        await customer.Receive((48, 1));
        var review = await customer.Post("/api/products/48/reviews", new { rating = 1, title = "Look here", text = "Much cheaper at www.example.com" }, 201);

        Assert.Equal("Pending", review.Text("status"));
        Assert.Empty((await customer.Get("/api/products/48/reviews")).Items());
        var staff = await shop.Staff();
        Assert.Contains((await staff.Get("/api/reviews/pending")).Items(), r => r.Number("id") == review.Number("id"));
        await staff.Post($"/api/reviews/{review.Number("id")}/approve");
        Assert.Single((await customer.Get("/api/products/48/reviews")).Items());
    }

    [Fact]
    public async Task Everybody_has_one_vote_but_the_author_has_none()
    {
        var (author, reader) = (await shop.NewCustomer(), await shop.NewCustomer());
        await author.Receive((47, 1));
        var id = (await author.Post("/api/products/47/reviews", Good, 201)).Number("id");

        await author.Put($"/api/reviews/{id}/vote", status: 422);
        await reader.Put($"/api/reviews/{id}/vote?helpful=true");
        var review = await reader.Put($"/api/reviews/{id}/vote?helpful=false");

        Assert.Equal((0, 1), (review.Number("helpful"), review.Number("notHelpful")));
    }

    [Fact]
    public async Task A_review_has_a_rating_from_one_to_five_and_some_words()
    {
        var problem = await (await shop.NewCustomer()).Post("/api/products/47/reviews", new { rating = 6, title = "No", text = "Bad" }, 400);

        Assert.Equal(["rating", "text", "title"], problem.Fields().Select(f => f.ToLowerInvariant()));
    }
}
