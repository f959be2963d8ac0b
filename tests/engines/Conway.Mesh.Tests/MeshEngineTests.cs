using Conway.Wire;
using Microsoft.AspNetCore.Http;

namespace Conway.Mesh.Tests;

public sealed class MeshEngineTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_through_the_listener_reaches_a_healthy_endpoint_and_carries_the_callers_name()
    {
        await using var catalog = await Upstream.StartAsync(http => http.Response.WriteAsync($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString} {http.Request.Headers["conway-caller"]}"));
        await using var mesh = await Some.MeshAsync(Some.Listener("orders", "catalog", catalog));
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{mesh.PortOf("orders", "catalog")}/products?page=2");
        request.Headers.Add("conway-caller", "somebody-else");

        var answer = await client.SendAsync(request, Cancelled);

        Assert.Equal("GET /products?page=2 orders", await answer.Content.ReadAsStringAsync(Cancelled));
    }

    [Fact]
    public async Task A_listener_keeps_its_port_when_another_is_added_and_is_gone_when_the_table_drops_it()
    {
        await using var catalog = await Upstream.NamedAsync("catalog");
        var first = Some.Listener("orders", "catalog", catalog);
        await using var mesh = await Some.MeshAsync(first);
        var port = mesh.PortOf("orders", "catalog");

        var applied = await mesh.ApplyAsync(new PeerTable([first, Some.Listener("basket", "catalog", catalog)]), Cancelled);

        Assert.Equal(port, mesh.PortOf("orders", "catalog"));
        Assert.Equal(2, applied.Listeners.Count);
        await mesh.ApplyAsync(new PeerTable([Some.Listener("basket", "catalog", catalog)]), Cancelled);
        Assert.Null(mesh.PortOf("orders", "catalog"));
        using var client = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync($"http://127.0.0.1:{port}/", Cancelled));
        Assert.Equal("catalog", await client.GetStringAsync($"http://127.0.0.1:{mesh.PortOf("basket", "catalog")}/", Cancelled));
    }
}
