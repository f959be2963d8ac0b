using Conway.Service.Logs;

namespace Conway.Service.Tests;

public sealed class MaskTests
{
    [Theory]
    [InlineData("mail to ada.lovelace+x@mail.example.com please", "mail to *** please")]
    [InlineData("card 4242 4242 4242 4242 ok", "card *** ok")]
    [InlineData("card 4242-4242-4242-4242, exp", "card ***, exp")]
    [InlineData("4000000000000002", "***")]
    [InlineData("Authorization: Bearer eyJhbGciOi.J9.abc_def", "Authorization: Bearer ***")]
    [InlineData("basic dXNlcjpwYXNzd29yZA==", "basic ***")]
    public void Secrets_are_hidden_by_default(string text, string shown) => Assert.Equal(shown, Masks().Text(text));

    [Theory]
    [InlineData("order 1234567890123456 shipped")]
    [InlineData("at 2026-11-21T22:15:30.412")]
    [InlineData("o-e6e6d8d4e99349db800cfb6bbaa6e5be")]
    [InlineData("GET /api/products 200 in 1.2 ms")]
    [InlineData("@ home")]
    [InlineData("a bearer of news")]
    public void What_only_looks_a_little_like_it_stays(string text) => Assert.Equal(text, Masks().Text(text));

    [Theory]
    [InlineData("Authorization")]
    [InlineData("@Password")]
    [InlineData("http.request.header.authorization")]
    [InlineData("http.response.header.set-cookie")]
    public void Fields_that_hold_credentials_are_hidden_whatever_is_in_them(string name) => Assert.Equal("***", Masks().Field(name, 12));

    [Fact]
    public void A_team_adds_masks_of_its_own()
    {
        var masks = Masks(o => o.Mask(t => t.Replace("Rosebud", "…", StringComparison.Ordinal)).MaskFields("Iban", "Phone"));

        Assert.Equal("…, to ***", masks.Text("Rosebud, to x@y.org"));
        Assert.Equal("***", masks.Field("iban", "DE02"));
    }

    [Fact]
    public void A_mask_that_throws_hides_everything()
    {
        var masks = Masks(o => o.Mask(_ => throw new FormatException()));

        Assert.Equal("***", masks.Text("anything"));
    }

    [Fact]
    public void Default_masks_can_be_turned_off()
    {
        var masks = Masks(o => o.DefaultMasks = false);

        Assert.Equal("x@y.org", masks.Text("x@y.org"));
        Assert.Equal("secret", masks.Field("password", "secret"));
    }

    private static Masks Masks(Action<ConwayOptions>? configure = null)
    {
        var options = new ConwayOptions();
        configure?.Invoke(options);
        return options.ToMasks();
    }
}
