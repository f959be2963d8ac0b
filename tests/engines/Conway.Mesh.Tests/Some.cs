using Conway.Observations;
using Conway.Traffic;
using Conway.Wire;

namespace Conway.Mesh.Tests;

internal static class Some
{
    internal static PeerListener Listener(string caller, string callee, params Upstream[] endpoints) => Listener(caller, callee, CallPolicy.Default, endpoints);

    internal static PeerListener Listener(string caller, string callee, CallPolicy policy, params Upstream[] endpoints) =>
        new(caller, callee, 0, policy, [.. endpoints.Select((e, i) => new Endpoint($"{callee}-{i + 1}", e.Address))]);

    internal static Task<MeshEngine> MeshAsync(params PeerListener[] listeners) => MeshAsync(new TrafficRecorder(TimeProvider.System), listeners);

    internal static Task<MeshEngine> MeshAsync(TrafficRecorder recorder, params PeerListener[] listeners) => MeshEngine.StartAsync(
        new MeshOptions { DrainTime = TimeSpan.FromSeconds(2) }, new PeerTable(listeners), recorder, TimeProvider.System, TestContext.Current.CancellationToken);

    internal static HttpClient Client(MeshEngine mesh, string caller, string callee) =>
        new(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null }) { BaseAddress = new Uri($"http://127.0.0.1:{mesh.PortOf(caller, callee)}") };
}
