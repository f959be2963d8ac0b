using Conway.Reader;

namespace Conway.Lowering.Tests;

/// <summary>What a request at the gateway would reach, told from the model: the same as the gateway does.</summary>
public sealed class GatewayEntryTests
{
    private const string Shop = """
        conway: 1
        system: test
        services: { orders: { command: a }, latest: { command: b }, admin: { command: c }, page: { command: d }, partner: { command: e } }
        gateway:
          routes:
            - { path: /**, to: page }
            - { path: /api/orders/**, to: orders }
            - { path: /api/orders/latest, to: latest }
            - { path: /api/orders/**, to: admin, methods: [DELETE] }
            - { path: /**, to: partner, host: partner.example }
            - { path: /a/**/b, to: admin }
        """;

    [Theory]
    [InlineData("GET", "/", "page")]
    [InlineData("GET", "/api/orders", "orders")]
    [InlineData("POST", "/api/orders/17/lines?x=1", "orders")]
    [InlineData("GET", "/api/orders/latest", "latest")]
    [InlineData("DELETE", "/api/orders/17", "admin")]
    [InlineData("GET", "/api/ordersmore", "page")]
    [InlineData("GET", "/api/orders/${id}", "orders")]
    [InlineData("GET", "/a/x/b", "page")]
    [InlineData("GET", "/api/%zz", null)]
    public void The_service_is_the_one_that_the_gateway_would_choose(string method, string target, string? expected)
    {
        var read = ModelReader.Read(new MemoryFileTree(new Dictionary<string, string> { ["conway.yaml"] = Shop }), "conway.yaml", new ReadOptions());

        Assert.Equal(expected, GatewayEntry.Of(read.Model).ServiceOf(method, target));
    }
}
