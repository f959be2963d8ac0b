using System.Text.RegularExpressions;
using Conway.Traffic;
using Conway.Wire;
using Endpoint = Conway.Traffic.Endpoint;

namespace Conway.Gateway.Tests;

/// <summary>RFC 9110 §7.6.3.</summary>
public sealed partial class ViaTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("HTTP/1.1", "", "1.1 shop-1")]
    [InlineData("HTTP/1.0", "", "1.0 shop-1")]
    [InlineData("HTTP/1.1", "Via: 1.0 fred, 1.1 p.example.net\r\n", "1.0 fred, 1.1 p.example.net, 1.1 shop-1")]
    [InlineData("HTTP/1.1", "Via: 1.0 fred\r\nVia: 2 edge (a, b)\r\n", "1.0 fred, 2 edge (a, b), 1.1 shop-1")]
    public async Task The_gateway_adds_itself_to_the_way_a_request_has_come(string version, string via, string expected)
    {
        await using var upstream = RawUpstream.Echoing();
        await using var gateway = await GatewayAsync("shop-1", upstream.Address);

        await RawClient.AskAsync(gateway.Place.Port, $"GET / {version}\r\nHost: x\r\nConnection: close\r\n{via}\r\n");

        Assert.Equal(expected, string.Join(", ", ViaLine().Matches(upstream.Heads[0]).Select(line => line.Groups[1].Value)));
    }

    [Fact]
    public async Task A_route_that_leads_back_to_the_gateway_is_answered_508_and_goes_around_once()
    {
        var port = FreePorts.Next();
        await using var gateway = await GatewayAsync("shop-1", $"127.0.0.1:{port}", o => o with { Port = port });

        var answer = await RawClient.AskAsync(port, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 508 Loop Detected\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"loop-detected\",\"by\":\"gateway\"", answer, StringComparison.Ordinal);
        Assert.Equal(1, gateway.Snapshot().Single().Endpoints.Single().Requests);
    }

    [Theory]
    [InlineData("1.1 shop-1", true)]
    [InlineData("HTTP/1.1 Shop-1 (comment)", true)]
    [InlineData("1.0 fred,1.1 shop-1(x), 1.1 other", true)]
    [InlineData("1.0 fred (a \\) , 1.1 shop-1), 1.1 other", false)]
    [InlineData("1.0 fred (1.1 shop-1, x), 1.1 other", false)]
    [InlineData("1.1 shop-10", false)]
    [InlineData("shop-1", false)]
    [InlineData("1.1 other shop-1", false)]
    [InlineData(",,, ,(", false)]
    public async Task It_knows_itself_again_by_name_and_nobody_else(string via, bool isRefused)
    {
        await using var upstream = RawUpstream.Echoing();
        await using var gateway = await GatewayAsync("shop-1", upstream.Address);

        var answer = await RawClient.AskAsync(gateway.Place.Port, $"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nVia: {via}\r\n\r\n");

        Assert.StartsWith(isRefused ? "HTTP/1.1 508 " : "HTTP/1.1 200 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_gateways_in_a_row_are_no_loop()
    {
        await using var upstream = RawUpstream.Echoing();
        await using var inner = await GatewayAsync("inner", upstream.Address);
        await using var outer = await GatewayAsync("outer", inner.Place.ToString());

        var answer = await RawClient.AskAsync(outer.Place.Port, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Contains("Via: 1.1 outer, 1.1 inner\r\n", upstream.Heads[0], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task More_passes_can_be_allowed()
    {
        var port = FreePorts.Next();
        await using var gateway = await GatewayAsync("shop-1", $"127.0.0.1:{port}", o => o with { Port = port, PassesMax = 4 });

        var answer = await RawClient.AskAsync(port, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 508 ", answer, StringComparison.Ordinal);
        Assert.Equal(4, gateway.Snapshot().Single().Endpoints.Single().Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("my shop")]
    [InlineData("shop\r\nX-Evil: 1")]
    public async Task A_name_that_cannot_stand_in_via_is_refused_at_the_start(string pseudonym) =>
        await Assert.ThrowsAsync<ArgumentException>(() => GatewayAsync(pseudonym, "127.0.0.1:1"));

    private static Task<GatewayEngine> GatewayAsync(string pseudonym, string upstream, Func<GatewayOptions, GatewayOptions>? options = null) => Some.GatewayAsync(
        new RouteTable([Some.Route("/**", "c")], [new GatewayCluster("c", [new Endpoint("c-1", upstream)], CallPolicy.Default)]),
        o => (options?.Invoke(o) ?? o) with { Pseudonym = pseudonym });

    [GeneratedRegex("(?im)^Via: (.*)\r$")]
    private static partial Regex ViaLine();
}
