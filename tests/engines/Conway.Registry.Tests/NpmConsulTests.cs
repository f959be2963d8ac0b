namespace Conway.Registry.Tests;

/// <summary>What the ordinary npm client can do here; the assertions are in tests/clients/consul/run.js.</summary>
public sealed class NpmConsulTests
{
    [Theory]
    [InlineData("register")]
    [InlineData("health")]
    [InlineData("watch")]
    [InlineData("watch-missing-key")]
    [InlineData("kv")]
    [InlineData("lock")]
    [InlineData("catalog")]
    [InlineData("transaction")]
    public async Task The_npm_client_works_unchanged(string scenario)
    {
        await using var registry = await RunningRegistry.StartAsync();

        var (code, output, errors) = await NpmClient.RunAsync("consul", TimeSpan.FromMinutes(2), "run.js", scenario, $"{registry.Engine.Port}");
        Assert.True(code == 0, $"node run.js {scenario}: {output}{errors}");
    }
}
