using static Conway.Service.Tests.Support.RunningService;

namespace Conway.Service.Tests;

public sealed class EnvironmentTests
{
    [Theory]
    [InlineData("catalog", "CATALOG_URL")]
    [InlineData("price-list-2", "PRICE_LIST_2_URL")]
    public void A_name_becomes_a_variable(string name, string variable) => Assert.Equal(variable, ConwayEnvironment.VariableOf(name, "URL"));

    [Theory]
    [InlineData("http://127.0.0.1:41210", "http://127.0.0.1:41210/")]
    [InlineData("file:/data/orders.db", null)]
    [InlineData("not an address", null)]
    [InlineData("", null)]
    public void Only_an_http_address_is_a_callee(string value, string? address) =>
        Assert.Equal(address, Of(("CATALOG_URL", value)).AddressOf("catalog")?.ToString());

    [Theory]
    [InlineData("1500", 1500)]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("1.5s", null)]
    public void A_time_that_is_no_positive_number_counts_as_not_set(string value, int? milliseconds) =>
        Assert.Equal(milliseconds, (int?)Of(("CATALOG_TIMEOUT_MS", value)).TimeoutOf("catalog")?.TotalMilliseconds);

    [Fact]
    public void Host_and_port_say_where_to_listen_unless_aspnetcore_urls_does()
    {
        Assert.Equal("http://0.0.0.0:8081", Of(("HOST", "0.0.0.0"), ("PORT", "8081")).Urls);
        Assert.Equal("http://127.0.0.1:8081", Of(("PORT", "8081")).Urls);
        Assert.Equal("http://x:1", Of(("PORT", "8081"), ("ASPNETCORE_URLS", "http://x:1")).Urls);
        Assert.Null(Of().Urls);
    }

    [Fact]
    public void An_endpoint_that_is_no_address_counts_as_not_set() => Assert.Null(Of(("OTEL_EXPORTER_OTLP_ENDPOINT", "collector")).TelemetryEndpoint);

    [Fact]
    public async Task Everything_can_be_turned_off_at_once()
    {
        await using var service = await Start(options: o =>
            (o.Telemetry, o.Health, o.Problems, o.RequestLogs, o.ConsoleLogs, o.Deadlines, o.Calls, o.Drain, o.DefaultMasks) =
            (false, false, false, false, false, false, false, false, false));

        using var answer = await service.Http.GetAsync("/", Ct);

        Assert.Equal(404, (int)answer.StatusCode);
        Assert.Empty(service.Logs.Of("Conway.Service"));
    }

    private static ConwayEnvironment Of(params (string Name, string Value)[] variables) =>
        new(variables.ToDictionary(v => v.Name, v => v.Value).GetValueOrDefault);
}
