using System.Net;

namespace Conway.Console.Tests;

/// <summary>How the page's files are served. The page is built before the tests (eng/build console).</summary>
public sealed partial class PageTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_index_is_asked_for_again_each_time_and_sent_only_when_it_changed()
    {
        await using var console = await RunningConsole.StartAsync();
        using var first = await console.Stranger.GetAsync("/", Cancel);
        Assert.Equal("no-cache", first.Headers.CacheControl?.ToString());
        Assert.False(first.Headers.ETag!.IsWeak);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/services?x=1");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag);
        using var second = await console.Stranger.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task What_carries_its_hash_in_its_name_is_kept_for_ever_and_there_is_no_inline_script()
    {
        await using var console = await RunningConsole.StartAsync();
        var index = await console.Stranger.GetStringAsync("/", Cancel);
        Assert.DoesNotMatch("<script(?![^>]*src=)", index);
        var script = Script().Match(index).Groups[1].Value;
        using var answer = await console.Stranger.GetAsync(script, Cancel);
        Assert.Equal("public, max-age=31536000, immutable", answer.Headers.GetValues("Cache-Control").Single());
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_file_of_an_older_build_is_not_found_rather_than_answered_with_the_page()
    {
        await using var console = await RunningConsole.StartAsync();
        using var answer = await console.Stranger.GetAsync("/assets/index-gone.js", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_page_cannot_be_posted_to()
    {
        await using var console = await RunningConsole.StartAsync();
        using var answer = await console.Stranger.PostAsync("/services", null, Cancel);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [System.Text.RegularExpressions.GeneratedRegex("src=\"(/assets/[^\"]+\\.js)\"")]
    private static partial System.Text.RegularExpressions.Regex Script();
}
