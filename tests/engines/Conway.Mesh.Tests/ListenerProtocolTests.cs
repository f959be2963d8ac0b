using Conway.Traffic;
using Conway.Wire;

namespace Conway.Mesh.Tests;

public sealed class ListenerProtocolTests : ProtocolContract
{
    private protected override async Task<Front> FrontAsync(string upstreamAddress)
    {
        var mesh = await Some.MeshAsync(new PeerListener("a", "b", 0, CallPolicy.Default, [new Endpoint("b-1", upstreamAddress)]));
        return new Front(mesh.PortOf("a", "b")!.Value, mesh);
    }
}
