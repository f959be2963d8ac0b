using Conway.Observations;
using Conway.Traffic;
using Conway.Wire;

namespace Conway.Gateway.Tests;

internal static class Some
{
    internal static GatewayRoute Route(string path, string cluster = "catalog", string? id = null) => new() { Id = id ?? path, Path = PathMatch.Pattern(path), Cluster = cluster };

    internal static GatewayCluster Cluster(string name, params Upstream[] endpoints) => Cluster(name, CallPolicy.Default, endpoints);

    internal static GatewayCluster Cluster(string name, CallPolicy policy, params Upstream[] endpoints) =>
        new(name, [.. endpoints.Select((e, i) => new Endpoint($"{name}-{i + 1}", e.Address))], policy);

    internal static Task<GatewayEngine> GatewayAsync(RouteTable table, Func<GatewayOptions, GatewayOptions>? options = null, TrafficRecorder? recorder = null)
    {
        var chosen = new GatewayOptions { Port = 0, DrainTime = TimeSpan.FromSeconds(2) };
        return GatewayEngine.StartAsync(
            options?.Invoke(chosen) ?? chosen, table, recorder ?? new TrafficRecorder(TimeProvider.System), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    internal static HttpClient Client(GatewayEngine gateway) => new(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null }) { BaseAddress = new Uri($"http://{gateway.Place}") };
}
