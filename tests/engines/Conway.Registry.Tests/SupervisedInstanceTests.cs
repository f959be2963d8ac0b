using System.Net;

namespace Conway.Registry.Tests;

public sealed class SupervisedInstanceTests
{
    [Fact]
    public async Task A_supervised_instance_is_found_by_its_service_name_with_its_health()
    {
        await using var registry = await RunningRegistry.StartAsync();
        registry.Engine.Apply(Some.Table(Some.Instance("orders", port: 5001), Some.Instance("orders", "orders-2", 5002, InstanceHealth.Critical)));

        var all = await registry.GetAsync("health/service/orders");
        var passing = await registry.GetAsync("health/service/orders?passing");

        Assert.Equal(2, all.GetArrayLength());
        var only = Assert.Single(passing.EnumerateArray());
        Assert.Equal(5001, only.GetProperty("Service").GetProperty("Port").GetInt32());
        Assert.Equal("orders-1", only.GetProperty("Service").GetProperty("ID").GetString());
    }

    [Fact]
    public async Task What_applications_registered_stays_when_a_table_is_applied()
    {
        await using var registry = await RunningRegistry.StartAsync();
        registry.Engine.Apply(Some.Table(Some.Instance("orders")));
        await registry.PutAsync("agent/service/register", """{"Name":"ledger","Port":7000}""");

        registry.Engine.Apply(Some.Table(Some.Instance("payments")));

        var services = await registry.GetAsync("catalog/services");
        Assert.Equal(["ledger", "payments"], services.EnumerateObject().Select(property => property.Name).Order());
    }

    [Theory]
    [InlineData("agent/service/deregister/orders-1", "")]
    [InlineData("agent/service/register", """{"Name":"orders","ID":"orders-1"}""")]
    [InlineData("catalog/deregister", """{"Node":"conway","ServiceID":"orders-1"}""")]
    [InlineData("catalog/deregister", """{"Node":"conway"}""")]
    [InlineData("agent/check/deregister/service:orders-1", "")]
    public async Task A_supervised_instance_cannot_be_changed_over_http_and_the_answer_says_why(string path, string body)
    {
        await using var registry = await RunningRegistry.StartAsync();
        registry.Engine.Apply(Some.Table(Some.Instance("orders")));

        var answer = await registry.PutAsync(path, body, HttpStatusCode.Forbidden);

        Assert.Contains("supervised by the node", answer, StringComparison.Ordinal);
        Assert.Single((await registry.GetAsync("health/service/orders")).EnumerateArray());
    }

    [Fact]
    public async Task Applying_the_same_table_again_changes_no_index()
    {
        await using var registry = await RunningRegistry.StartAsync();
        registry.Engine.Apply(Some.Table(Some.Instance("orders")));
        var (_, before) = await registry.ReadAsync("health/service/orders");

        registry.Engine.Apply(Some.Table(Some.Instance("orders")));

        var (_, after) = await registry.ReadAsync("health/service/orders");
        Assert.Equal(before, after);
    }

    [Fact]
    public async Task A_table_with_an_id_twice_is_refused_and_the_old_one_stays()
    {
        await using var registry = await RunningRegistry.StartAsync();
        registry.Engine.Apply(Some.Table(Some.Instance("orders")));

        var error = Assert.Throws<ArgumentException>(() => registry.Engine.Apply(Some.Table(Some.Instance("a", "x"), Some.Instance("b", "x"))));

        Assert.Contains("'x' is in the table twice", error.Message, StringComparison.Ordinal);
        Assert.Equal("orders", Assert.Single(registry.Engine.Instances()).ServiceName);
    }
}
