using Microsoft.AspNetCore.Http;

namespace Conway.Gateway.Tests;

/// <summary>Rows in the manner of the Gateway API's conformance suite: which of these routes takes this request?</summary>
public sealed class RouteMatchTests
{
    private static readonly GatewayRoute[] ByPath =
    [
        Route("all", PathMatch.Prefix("/")),
        Route("one-exact", PathMatch.Exact("/one")),
        Route("one", PathMatch.Prefix("/one")),
        Route("two", PathMatch.Prefix("/two/")),
        Route("one-two", PathMatch.Prefix("/one/two")),
        Route("orders", PathMatch.Pattern("/api/orders/**")),
        Route("order", PathMatch.Pattern("/api/orders/{id}")),
        Route("lines", PathMatch.Pattern("/api/orders/*/lines")),
        Route("new", PathMatch.Pattern("/api/orders/new")),
        Route("report", PathMatch.Regex("/reports/[0-9]{4}\\.(pdf|csv)")),
        Route("café", PathMatch.Prefix("/café")),
    ];

    [Theory]
    [InlineData("/", "all")]
    [InlineData("/one", "one-exact")]
    [InlineData("/one/", "one")]
    [InlineData("/one/x", "one")]
    [InlineData("/onex", "all")]
    [InlineData("/One", "all")]
    [InlineData("/one/two", "one-two")]
    [InlineData("/one/two/three", "one-two")]
    [InlineData("/one/twox", "one")]
    [InlineData("/two", "two")]
    [InlineData("/two/", "two")]
    [InlineData("/two/x", "two")]
    [InlineData("/api/orders", "orders")]
    [InlineData("/api/orders/", "orders")]
    [InlineData("/api/orders/17", "order")]
    [InlineData("/api/orders/17/", "orders")]
    [InlineData("/api/orders/17/lines", "lines")]
    [InlineData("/api/orders/17/lines/3", "orders")]
    [InlineData("/api/orders/new", "new")]
    [InlineData("/api/orders/17%2Flines", "order")]
    [InlineData("/reports/2026.pdf", "report")]
    [InlineData("/reports/2026.pdfx", "all")]
    [InlineData("/x/reports/2026.pdf", "all")]
    [InlineData("/caf%C3%A9/menu", "café")]
    public void The_path_decides_exact_then_longest(string path, string route) => Check(ByPath, "GET", "x", path, route);

    [Theory]
    [InlineData("GET", "get")]
    [InlineData("POST", "any")]
    public void Of_equal_paths_the_one_with_a_method_goes_first(string method, string route) =>
        Check([Route("any", PathMatch.Prefix("/")), Route("get", PathMatch.Prefix("/")) with { Methods = ["GET"] }], method, "x", "/", route);

    [Fact]
    public void A_longer_path_beats_a_method_and_a_method_beats_headers()
    {
        GatewayRoute[] routes =
        [
            Route("headers", PathMatch.Prefix("/a")) with { Headers = [new ValueMatch("x", "1"), new ValueMatch("y", "2")] },
            Route("method", PathMatch.Prefix("/a")) with { Methods = ["GET"] },
            Route("path", PathMatch.Prefix("/a/b")),
        ];
        (string, string)[] headers = [("x", "1"), ("y", "2")];

        Check(routes, "GET", "h", "/a/b", "path", headers);
        Check(routes, "GET", "h", "/a", "method", headers);
        Check(routes, "POST", "h", "/a", "headers", headers);
        Check(routes, "POST", "h", "/a", null);
    }

    [Theory]
    [InlineData("", "none")]
    [InlineData("version=two", "one")]
    [InlineData("version=two;color=blue", "two-of-them")]
    [InlineData("color=blue", "none")]
    [InlineData("Version=two", "one")]
    [InlineData("version=TWO", "none")]
    [InlineData("version=v17", "regex")]
    [InlineData("version=v17x", "none")]
    public void Most_headers_go_first_and_all_must_match(string headers, string route) => Check(
        [
            Route("none", PathMatch.Prefix("/")),
            Route("one", PathMatch.Prefix("/")) with { Headers = [new ValueMatch("version", "two")] },
            Route("regex", PathMatch.Prefix("/")) with { Headers = [new ValueMatch("version", "v[0-9]+", IsRegex: true)] },
            Route("two-of-them", PathMatch.Prefix("/")) with { Headers = [new ValueMatch("VERSION", "two"), new ValueMatch("color", "blue")] },
        ],
        "GET", "x", "/", route, Pairs(headers));

    [Theory]
    [InlineData("/", "none")]
    [InlineData("/?animal=whale", "one")]
    [InlineData("/?animal=whale&color=blue", "two-of-them")]
    [InlineData("/?color=blue&animal=whale", "two-of-them")]
    [InlineData("/?animal=dolphin&animal=whale", "none")]
    [InlineData("/?Animal=whale", "none")]
    [InlineData("/?debug", "present")]
    public void Most_query_parameters_go_first_and_all_must_match(string target, string route) => Check(
        [
            Route("none", PathMatch.Prefix("/")),
            Route("one", PathMatch.Prefix("/")) with { Query = [new ValueMatch("animal", "whale")] },
            Route("two-of-them", PathMatch.Prefix("/")) with { Query = [new ValueMatch("animal", "whale"), new ValueMatch("color", "blue")] },
            Route("present", PathMatch.Prefix("/")) with { Query = [new ValueMatch("debug", null)] },
        ],
        "GET", "x", target, route);

    [Theory]
    [InlineData("very.specific.com", "full")]
    [InlineData("very.specific.com:8080", "full")]
    [InlineData("VERY.Specific.com", "full")]
    [InlineData("very.specific.com.", "full")]
    [InlineData("other.specific.com", "star-long")]
    [InlineData("a.b.specific.com", "star-long")]
    [InlineData("specific.com", "star-short")]
    [InlineData("com", "any")]
    [InlineData("example.org", "any")]
    [InlineData("[::1]:8080", "v6")]
    public void The_host_that_says_most_goes_first(string host, string route) => Check(
        [
            Route("any", PathMatch.Prefix("/")),
            Route("star-short", PathMatch.Prefix("/")) with { Hosts = ["*.com"] },
            Route("star-long", PathMatch.Prefix("/")) with { Hosts = ["*.specific.com"] },
            Route("full", PathMatch.Prefix("/")) with { Hosts = ["very.specific.com"] },
            Route("v6", PathMatch.Prefix("/")) with { Hosts = ["[::1]"] },
        ],
        "GET", host, "/", route);

    [Fact]
    public void A_full_host_beats_a_longer_path_of_a_lesser_one_and_what_it_does_not_take_falls_through()
    {
        GatewayRoute[] routes =
        [
            Route("any-long", PathMatch.Exact("/a/b/c")),
            Route("host-short", PathMatch.Prefix("/a")) with { Hosts = ["shop.example"] },
        ];

        Check(routes, "GET", "shop.example", "/a/b/c", "host-short");
        Check(routes, "GET", "other.example", "/a/b/c", "any-long");
        Check([.. routes, Route("rest", PathMatch.Prefix("/"))], "GET", "shop.example", "/z", "rest");
    }

    [Fact]
    public void Of_routes_that_say_the_same_the_first_written_is_taken() =>
        Check([Route("first", PathMatch.Prefix("/a")), Route("second", PathMatch.Prefix("/a/"))], "GET", "x", "/a", "first");

    [Fact]
    public void A_preflight_goes_where_the_method_it_asks_for_will_go()
    {
        GatewayRoute[] routes = [Route("orders", PathMatch.Prefix("/orders")) with { Methods = ["POST"] }];

        Check(routes, "OPTIONS", "x", "/orders", "orders", ("Origin", "https://shop.example"), ("Access-Control-Request-Method", "POST"));
        Check(routes, "OPTIONS", "x", "/orders", null, ("Origin", "https://shop.example"), ("Access-Control-Request-Method", "DELETE"));
        Check(routes, "OPTIONS", "x", "/orders", null);
    }

    [Theory]
    [InlineData(PathMatchKind.Regex, "(", "Route 'bad': ")]
    [InlineData(PathMatchKind.Pattern, "/a/**/b", "Route 'bad': In the path '/a/**/b', '**' may stand only at the end.")]
    [InlineData(PathMatchKind.Prefix, "/a%zz", "Route 'bad': The path '/a%zz' can't be matched")]
    public void A_malformed_path_is_refused_with_the_routes_name(PathMatchKind kind, string path, string message) => Assert.StartsWith(
        message, Assert.ThrowsAny<ArgumentException>(() => new RouteMatcher([Route("bad", new PathMatch(kind, path))])).Message, StringComparison.Ordinal);

    private static GatewayRoute Route(string id, PathMatch path) => new() { Id = id, Path = path, Cluster = "c" };

    private static (string Name, string Value)[] Pairs(string text) =>
        [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(p => (p.Split('=')[0], p.Split('=')[1]))];

    private static void Check(GatewayRoute[] routes, string method, string host, string target, string? expected, params (string Name, string Value)[] headers)
    {
        var request = new DefaultHttpContext().Request;
        var query = target.IndexOf('?', StringComparison.Ordinal);
        (request.Method, request.Host) = (method, new HostString(host));
        request.QueryString = query < 0 ? QueryString.Empty : new QueryString(target[query..]);
        foreach (var (name, value) in headers)
        {
            request.Headers[name] = value;
        }

        Assert.Equal(expected, new RouteMatcher(routes).Match(request, query < 0 ? target : target[..query])?.Id);
    }
}
