using System.Net;

namespace Conway.Console.Tests;

public sealed class AccessTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_token_or_cookie_every_address_of_the_api_is_401()
    {
        await using var console = await RunningConsole.StartAsync();
        foreach (var (method, path) in new[] { ("GET", "system"), ("GET", "events"), ("GET", "logs/stream"), ("GET", "openapi.json"), ("POST", "stop"), ("POST", "codes"), ("POST", "services/orders/replicas/1/kill"), ("GET", "nowhere") })
        {
            using var answer = await console.Stranger.SendAsync(new(new HttpMethod(method), $"/api/v1/{path}"), Cancel);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
        }

        Assert.Empty(console.System.Done);
    }

    [Theory]
    [InlineData("Bearer wrong")]
    [InlineData("Bearer ")]
    [InlineData("Basic dG9rZW46")]
    [InlineData("Bearer")]
    public async Task A_wrong_token_is_401(string authorization)
    {
        await using var console = await RunningConsole.StartAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(console, "GET", "/api/v1/system", ("Authorization", authorization)));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:{port}")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:1")]
    [InlineData("127.0.0.1.evil.example:{port}")]
    [InlineData("[::1]:{port}")]
    public async Task Another_host_is_refused_even_with_the_token_since_its_name_may_have_been_made_to_point_here(string host)
    {
        await using var console = await RunningConsole.StartAsync();
        var named = host.Replace("{port}", $"{console.Port}", StringComparison.Ordinal);
        foreach (var path in new[] { "/api/v1/system", "/", "/?code=x" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(console, "GET", path, ("Host", named), ("Authorization", $"Bearer {console.Server.Token}")));
        }
    }

    [Fact]
    public async Task Localhost_is_as_good_as_the_number()
    {
        await using var console = await RunningConsole.StartAsync();
        Assert.Equal(HttpStatusCode.OK, await AskAsync(console, "GET", "/api/v1/system", ("Host", $"localhost:{console.Port}"), ("Origin", $"http://localhost:{console.Port}"), ("Authorization", $"Bearer {console.Server.Token}")));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("https://127.0.0.1:{port}")]
    [InlineData("null")]
    public async Task Another_origin_is_refused_even_with_the_cookie(string origin)
    {
        await using var console = await RunningConsole.StartAsync();
        var cookie = await console.EnterAsync();
        var named = origin.Replace("{port}", $"{console.Port}", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(console, "POST", "/api/v1/stop", ("Cookie", cookie), ("Origin", named)));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(console, "GET", "/api/v1/events", ("Cookie", cookie), ("Origin", named)));
        Assert.Empty(console.System.Done);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task What_the_browser_marks_as_coming_from_elsewhere_is_refused_also_from_another_port_of_this_machine(string site)
    {
        await using var console = await RunningConsole.StartAsync();
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(console, "GET", "/api/v1/system", ("Cookie", await console.EnterAsync()), ("Sec-Fetch-Site", site)));
    }

    [Fact]
    public async Task A_cookie_alone_changes_nothing_without_our_own_origin()
    {
        await using var console = await RunningConsole.StartAsync();
        var cookie = await console.EnterAsync();
        Assert.Equal(HttpStatusCode.OK, await AskAsync(console, "GET", "/api/v1/system", ("Cookie", cookie)));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(console, "POST", "/api/v1/services/orders/stop", ("Cookie", cookie)));
        Assert.Empty(console.System.Done);
        Assert.Equal(HttpStatusCode.Accepted, await AskAsync(console, "POST", "/api/v1/services/orders/stop", ("Cookie", cookie), ("Origin", console.Server.Url)));
        Assert.Equal(["Stop orders"], console.System.Done);
    }

    [Fact]
    public async Task A_code_lets_in_once_and_leaves_the_address()
    {
        await using var console = await RunningConsole.StartAsync();
        var code = console.Server.NewCode("/traces/4bf9?span=1");
        using var first = await console.Stranger.GetAsync(new Uri(code.Url), Cancel);
        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        Assert.Equal("/traces/4bf9?span=1", first.Headers.Location?.OriginalString);
        var cookie = first.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("; path=/api/v1; samesite=strict; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);

        using var second = await console.Stranger.GetAsync(new Uri(code.Url), Cancel);
        Assert.Equal(HttpStatusCode.SeeOther, second.StatusCode);
        Assert.False(second.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_code_lives_one_minute()
    {
        var clock = new TurnedClock();
        await using var console = await RunningConsole.StartAsync(clock: clock);
        var (early, late) = (console.Server.NewCode("/"), console.Server.NewCode("/"));
        clock.Turn(TimeSpan.FromSeconds(59));
        using var inTime = await console.Stranger.GetAsync(new Uri(early.Url), Cancel);
        Assert.True(inTime.Headers.Contains("Set-Cookie"));
        clock.Turn(TimeSpan.FromSeconds(1));
        using var tooLate = await console.Stranger.GetAsync(new Uri(late.Url), Cancel);
        Assert.False(tooLate.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_code_never_redirects_to_another_host()
    {
        await using var console = await RunningConsole.StartAsync();
        foreach (var path in new[] { "//evil.example/", "/\\evil.example", "/%5Cevil.example" })
        {
            using var answer = await console.Stranger.GetAsync(new Uri($"{console.Server.Url}{path}?code=x"), Cancel);
            Assert.Matches("^/[^/\\\\]", answer.Headers.Location!.OriginalString);
        }
    }

    [Fact]
    public async Task The_sixty_fifth_waiting_code_pushes_out_the_first()
    {
        await using var console = await RunningConsole.StartAsync();
        var first = console.Server.NewCode("/");
        var last = first;
        for (var index = 0; index < 64; index++)
        {
            last = console.Server.NewCode("/");
        }

        using var pushedOut = await console.Stranger.GetAsync(new Uri(first.Url), Cancel);
        Assert.False(pushedOut.Headers.Contains("Set-Cookie"));
        using var kept = await console.Stranger.GetAsync(new Uri(last.Url), Cancel);
        Assert.True(kept.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Every_answer_forbids_what_the_page_does_not_need()
    {
        await using var console = await RunningConsole.StartAsync();
        foreach (var path in new[] { "/", "/api/v1/system", "/assets/gone.js" })
        {
            using var answer = await console.Stranger.GetAsync(path, Cancel);
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    private static async Task<HttpStatusCode> AskAsync(RunningConsole console, string method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await console.Stranger.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        return answer.StatusCode;
    }

    /// <summary>A clock that stands until it is turned.</summary>
    private sealed class TurnedClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _ticks);

        public void Turn(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
    }
}
