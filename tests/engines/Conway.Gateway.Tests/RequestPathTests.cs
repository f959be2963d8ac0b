namespace Conway.Gateway.Tests;

public sealed class RequestPathTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/a/b/", "/a/b/")]
    [InlineData("/a//b///c", "/a/b/c")]
    [InlineData("//", "/")]
    [InlineData("/a/./b", "/a/b")]
    [InlineData("/a/../b", "/b")]
    [InlineData("/a/b/..", "/a/")]
    [InlineData("/a/b/.", "/a/b/")]
    [InlineData("/../../etc/passwd", "/etc/passwd")]
    [InlineData("/a/%2e%2e/b", "/b")]
    [InlineData("/a/%2E%2e/b", "/b")]
    [InlineData("/a/.%2e/b", "/b")]
    [InlineData("/api/public/..%2fadmin", "/api/public/..%2Fadmin")] // escaped: no separator, for us as for who follows the standard
    [InlineData("/%61dmin", "/admin")]
    [InlineData("/%7euser", "/~user")]
    [InlineData("/a%2fb", "/a%2Fb")]
    [InlineData("/a%252fb", "/a%252fb")] // decoded once at most, so this stays what it is
    [InlineData("/a%20b", "/a%20b")]
    [InlineData("/caf%c3%a9", "/caf%C3%A9")]
    [InlineData("/a|b{c}", "/a%7Cb%7Bc%7D")]
    [InlineData("/...", "/...")]
    [InlineData("/.hidden", "/.hidden")]
    [InlineData("/a;x=1/b", "/a;x=1/b")]
    [InlineData("/a:b@c!$&'()*+,;=", "/a:b@c!$&'()*+,;=")]
    public void A_path_has_one_form(string raw, string normal)
    {
        Assert.Null(RequestPath.Normalize(raw, EscapedSlash.Keep, out var path));
        Assert.Equal(normal, path);
        Assert.Null(RequestPath.Normalize(path, EscapedSlash.Keep, out var again));
        Assert.Equal(normal, again);
    }

    [Theory]
    [InlineData("/a%")]
    [InlineData("/a%2")]
    [InlineData("/a%zz")]
    [InlineData("/a%00b")]
    [InlineData("/a\\b")]
    [InlineData("/a#b")]
    public void What_servers_read_differently_is_refused(string raw) => Assert.NotNull(RequestPath.Normalize(raw, EscapedSlash.Keep, out _));

    [Theory]
    [InlineData("/a%2fb")]
    [InlineData("/a%5Cb")]
    public void Escaped_slashes_are_refused_by_choice(string raw) => Assert.NotNull(RequestPath.Normalize(raw, EscapedSlash.Reject, out _));

    [Fact]
    public void An_ordinary_path_is_not_copied()
    {
        var raw = "/api/products/17";
        RequestPath.Normalize(raw, EscapedSlash.Keep, out var path);
        Assert.Same(raw, path);
    }
}
