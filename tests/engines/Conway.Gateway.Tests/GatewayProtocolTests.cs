using Conway.Traffic;
using Conway.Wire;

namespace Conway.Gateway.Tests;

public sealed class GatewayProtocolTests : ProtocolContract
{
    private protected override async Task<Front> FrontAsync(string upstreamAddress)
    {
        var gateway = await Some.GatewayAsync(new RouteTable([Some.Route("/**", "b")], [new GatewayCluster("b", [new Endpoint("b-1", upstreamAddress)], CallPolicy.Default)]));
        return new Front(gateway.Place.Port, gateway);
    }
}
