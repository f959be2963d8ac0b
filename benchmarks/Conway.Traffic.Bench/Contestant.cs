using System.Globalization;
using System.Net;
using Conway.Forwarding;
using Conway.Gateway;
using Conway.Mesh;
using Conway.Observations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;

namespace Conway.Traffic.Bench;

/// <summary>What is measured, and what stands behind it.</summary>
internal static class Contestant
{
    private static readonly byte[] Answer = [.. Enumerable.Repeat((byte)'x', 256)];

    /// <summary>Serves, prints its port, answers each line with the bytes allocated so far, and ends with its input.</summary>
    internal static async Task ServeAsync(string role, int upstreamPort)
    {
        var port = role switch
        {
            "upstream" => await UpstreamAsync(),
            "yarp" => await YarpAsync(upstreamPort),
            "gateway" => await GatewayAsync(upstreamPort),
            "listener" => await ListenerAsync(upstreamPort),
            _ => throw new ArgumentException($"'{role}' is no contestant.", nameof(role)),
        };
        Console.WriteLine(port.ToString(CultureInfo.InvariantCulture));
        while (await Console.In.ReadLineAsync() is not null)
        {
            Console.WriteLine(GC.GetTotalAllocatedBytes(precise: true).ToString(CultureInfo.InvariantCulture));
        }
    }

    private static async Task<int> UpstreamAsync()
    {
        var wire = await WireServer.StartAsync(new WireOptions(), TimeProvider.System, CancellationToken.None);
        var listener = await wire.ListenAsync(
            new IPEndPoint(IPAddress.Loopback, 0),
            http =>
            {
                http.Response.ContentType = "text/plain";
                http.Response.ContentLength = Answer.Length;
                return http.Response.Body.WriteAsync(Answer).AsTask();
            },
            CancellationToken.None);
        return listener.Place.Port;
    }

    /// <summary>YARP as its documentation sets it up: one route, two destinations, no log.</summary>
    private static async Task<int> YarpAsync(int upstreamPort)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "r", ClusterId = "c", Match = new RouteMatch { Path = "/api/{**rest}" } }],
            [
                new ClusterConfig
                {
                    ClusterId = "c",
                    LoadBalancingPolicy = "PowerOfTwoChoices",
                    Destinations = new Dictionary<string, DestinationConfig>
                    {
                        ["a"] = new() { Address = $"http://127.0.0.1:{upstreamPort}/" },
                        ["b"] = new() { Address = $"http://127.0.0.1:{upstreamPort}/" },
                    },
                },
            ]);
        var app = builder.Build();
        app.MapReverseProxy();
        await app.StartAsync();
        return new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
    }

    private static async Task<int> GatewayAsync(int upstreamPort)
    {
        var table = new RouteTable(
            [new GatewayRoute { Id = "r", Path = PathMatch.Pattern("/api/**"), Cluster = "c" }],
            [new GatewayCluster("c", Two(upstreamPort), CallPolicy.Default)]);
        var gateway = await GatewayEngine.StartAsync(new GatewayOptions { Port = 0 }, table, new TrafficRecorder(TimeProvider.System), TimeProvider.System, CancellationToken.None);
        return gateway.Place.Port;
    }

    private static async Task<int> ListenerAsync(int upstreamPort)
    {
        var policy = new CallPolicy { AttemptTimeout = TimeSpan.FromSeconds(2), Budget = TimeSpan.FromSeconds(5), Retries = 2 };
        var table = new PeerTable([new PeerListener("a", "b", 0, policy, Two(upstreamPort))]);
        var mesh = await MeshEngine.StartAsync(new MeshOptions(), table, new TrafficRecorder(TimeProvider.System), TimeProvider.System, CancellationToken.None);
        return mesh.PortOf("a", "b")!.Value;
    }

    private static Endpoint[] Two(int port) => [new Endpoint("c-1", $"127.0.0.1:{port}"), new Endpoint("c-2", $"127.0.0.1:{port}")];
}
