using System.Net;
using System.Text.Json;
using Conway.Traffic;
using Conway.Wire;
using Microsoft.AspNetCore.Http;
using Endpoint = Conway.Traffic.Endpoint;

namespace Conway.Gateway.Tests;

public sealed class GatewayEngineTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_under_way_to_an_upstream_is_known_also_when_its_route_has_gone()
    {
        var (entered, leave) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var catalog = await Upstream.StartAsync(async http =>
        {
            entered.SetResult();
            await leave.Task;
            await http.Response.WriteAsync("done");
        });
        await using var gateway = await Some.GatewayAsync(new RouteTable([Some.Route("/**")], [Some.Cluster("catalog", catalog)]));
        using var client = Some.Client(gateway);
        var request = client.GetStringAsync("/", TestContext.Current.CancellationToken);
        await entered.Task;

        gateway.Apply(new RouteTable([], []));
        Assert.Equal(1, gateway.UnderWay(catalog.Address));
        leave.SetResult();

        Assert.Equal("done", await request);
        while (gateway.UnderWay(catalog.Address) > 0)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_request_goes_where_its_route_leads()
    {
        await using var catalog = await Upstream.StartAsync(http => http.Response.WriteAsync($"catalog {http.Request.Path}{http.Request.QueryString}"));
        await using var shop = await Upstream.NamedAsync("storefront");
        await using var gateway = await Some.GatewayAsync(new RouteTable(
            [Some.Route("/**", "storefront"), Some.Route("/api/products/**", "catalog")],
            [Some.Cluster("catalog", catalog), Some.Cluster("storefront", shop)]));
        using var client = Some.Client(gateway);

        Assert.Equal("catalog /api/products/1?x=y%20z", await client.GetStringAsync("/api/products/1?x=y%20z", Cancelled));
        Assert.Equal("storefront", await client.GetStringAsync("/", Cancelled));
    }

    [Fact]
    public async Task A_path_without_a_route_is_answered_with_a_problem_that_names_it()
    {
        await using var gateway = await Some.GatewayAsync(RouteTable.Empty);
        using var client = Some.Client(gateway);

        var answer = await client.GetAsync("/nowhere", Cancelled);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal($"No route takes GET {gateway.Place}/nowhere.", problem.RootElement.GetProperty("detail").GetString());
        Assert.Equal("no-route", problem.RootElement.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_cluster_without_a_healthy_endpoint_is_answered_503_and_when_to_come_again()
    {
        await using var gateway = await Some.GatewayAsync(new RouteTable(
            [Some.Route("/**")], [new GatewayCluster("catalog", [new Endpoint("catalog-1", "127.0.0.1:9", EndpointHealth.Unhealthy)], CallPolicy.Default)]));
        using var client = Some.Client(gateway);

        var answer = await client.GetAsync("/", Cancelled);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task An_endpoint_that_refuses_connections_is_answered_502()
    {
        var gone = await Upstream.NamedAsync("gone");
        await gone.DisposeAsync();
        await using var gateway = await Some.GatewayAsync(new RouteTable([Some.Route("/**")], [Some.Cluster("catalog", gone)]));
        using var client = Some.Client(gateway);

        var answer = await client.GetAsync("/", Cancelled);

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Contains("no-connection", await answer.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_with_a_route_to_nowhere_is_refused_and_the_old_one_stays()
    {
        await using var catalog = await Upstream.NamedAsync("catalog");
        await using var gateway = await Some.GatewayAsync(new RouteTable([Some.Route("/**")], [Some.Cluster("catalog", catalog)]));
        using var client = Some.Client(gateway);

        var refused = Assert.Throws<ArgumentException>(() => gateway.Apply(new RouteTable([Some.Route("/**", "ghost", id: "r1")], [])));

        Assert.StartsWith("Route 'r1' leads to 'ghost', which is no cluster of the table.", refused.Message, StringComparison.Ordinal);
        Assert.Equal("catalog", await client.GetStringAsync("/", Cancelled));
    }
}
