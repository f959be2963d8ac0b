using System.Net;
using System.Net.Sockets;
using Conway.Registry.Checks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Conway.Registry.Tests;

/// <summary>The registry's own probes, against real listeners.</summary>
public sealed class CheckTests
{
    [Theory]
    [InlineData(200, "passing")]
    [InlineData(204, "passing")]
    [InlineData(429, "warning")]
    [InlineData(404, "critical")]
    [InlineData(500, "critical")]
    public async Task An_http_check_follows_the_status_code(int status, string health)
    {
        await using var target = await ListenAsync(HttpProtocols.Http1, context =>
        {
            context.Response.StatusCode = context.Request.Headers["X-Probe"] == "yes" && context.Request.Method == "POST" ? status : 418;
            return status == 204 ? Task.CompletedTask : context.Response.WriteAsync("how I am");
        });
        await using var registry = await RunningRegistry.StartAsync();

        await registry.PutAsync("agent/check/register", $$$"""{"Name":"web","HTTP":"{{{target.Address}}}/health","Method":"POST","Body":"x","Header":{"X-Probe":["yes"]},"Interval":"10s"}""");

        var check = await UntilProbedAsync(registry, "web");
        Assert.Equal(health, check.Status);
        Assert.Contains($": {status} ", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_http_check_without_an_answer_is_critical_after_its_timeout_and_says_so()
    {
        using var deaf = new TcpListener(IPAddress.Loopback, 0);
        deaf.Start();
        await using var registry = await RunningRegistry.StartAsync();

        await registry.PutAsync("agent/check/register", $$"""{"Name":"deaf","HTTP":"http://{{deaf.LocalEndpoint}}/","Interval":"10s","Timeout":"100ms"}""");

        Assert.Contains("no answer within 0.1 s", (await UntilProbedAsync(registry, "deaf")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tcp_check_passes_when_a_connection_can_be_made_and_only_then()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var registry = await RunningRegistry.StartAsync();
        await registry.PutAsync("agent/check/register", $$"""{"Name":"open","TCP":"{{listener.LocalEndpoint}}","Interval":"10s"}""");
        Assert.Equal("passing", (await UntilProbedAsync(registry, "open")).Status);

        // Bound and not listening: refused, and nobody else can take the port.
        using var shut = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        shut.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await registry.PutAsync("agent/check/register", $$"""{"Name":"shut","TCP":"{{shut.LocalEndPoint}}","Interval":"10s"}""");

        Assert.Contains("refused", (await UntilProbedAsync(registry, "shut")).Output, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("", new byte[] { 0, 0, 0, 0, 2, 8, 1 }, "0", "passing")]
    [InlineData("", new byte[] { 0, 0, 0, 0, 2, 8, 2 }, "0", "critical")]
    [InlineData("", new byte[] { 0, 0, 0, 0, 0 }, "0", "critical")]
    [InlineData("", new byte[0], "5", "critical")]
    [InlineData("/orders", new byte[] { 0, 0, 0, 0, 2, 8, 1 }, "0", "passing")]
    public async Task A_grpc_check_asks_the_standard_health_service(string service, byte[] answer, string grpcStatus, string health)
    {
        await using var target = await ListenAsync(HttpProtocols.Http2, async context =>
        {
            using var request = new MemoryStream();
            await context.Request.Body.CopyToAsync(request);
            byte[] name = service.Length == 0 ? [] : [0x0A, (byte)(service.Length - 1), .. System.Text.Encoding.UTF8.GetBytes(service[1..])];
            byte[] expected = [0, 0, 0, 0, (byte)name.Length, .. name];
            var asked = context.Request.Path == "/grpc.health.v1.Health/Check" && request.ToArray().SequenceEqual(expected);
            context.Response.ContentType = "application/grpc";
            context.Response.DeclareTrailer("grpc-status");
            if (answer.Length > 0) await context.Response.Body.WriteAsync(answer);
            context.Response.AppendTrailer("grpc-status", asked ? grpcStatus : "12");
        });
        await using var registry = await RunningRegistry.StartAsync();

        await registry.PutAsync("agent/check/register", $$"""{"Name":"grpc","GRPC":"{{new Uri(target.Address).Authority}}{{service}}","Interval":"10s"}""");

        var check = await UntilProbedAsync(registry, "grpc");
        Assert.True(check.Status == health, check.Output);
    }

    [Fact]
    public async Task An_http2_ping_check_passes_where_http2_is_spoken_and_fails_where_it_is_not()
    {
        await using var two = await ListenAsync(HttpProtocols.Http2, _ => Task.CompletedTask);
        await using var one = await ListenAsync(HttpProtocols.Http1, _ => Task.CompletedTask);
        await using var registry = await RunningRegistry.StartAsync();

        await registry.PutAsync("agent/check/register", $$"""{"Name":"two","H2PING":"{{new Uri(two.Address).Authority}}","H2PingUseTLS":false,"Interval":"10s"}""");
        await registry.PutAsync("agent/check/register", $$"""{"Name":"one","H2PING":"{{new Uri(one.Address).Authority}}","H2PingUseTLS":false,"Interval":"10s"}""");

        Assert.Equal("passing", (await UntilProbedAsync(registry, "two")).Status);
        Assert.Equal("critical", (await UntilProbedAsync(registry, "one")).Status);
    }

    [Fact]
    public async Task An_alias_follows_the_health_of_its_service_in_the_same_commit()
    {
        await using var registry = await RunningRegistry.StartAsync();
        await registry.PutAsync("agent/service/register", """{"Name":"web","Check":{"TTL":"1h","Status":"passing"}}""");
        await registry.PutAsync("agent/service/register", """{"Name":"sidecar","Check":{"AliasService":"web"}}""");
        Assert.Equal(1, (await registry.GetAsync("health/service/sidecar?passing")).GetArrayLength());

        await registry.PutAsync("agent/check/fail/service:web");
        Assert.Equal(0, (await registry.GetAsync("health/service/sidecar?passing")).GetArrayLength());
        await registry.PutAsync("agent/check/pass/service:web");

        Assert.Equal(1, (await registry.GetAsync("health/service/sidecar?passing")).GetArrayLength());
    }

    [Fact]
    public async Task Aliases_in_a_circle_do_not_hang_the_registry()
    {
        await using var registry = await RunningRegistry.StartAsync();
        await registry.PutAsync("agent/service/register", """{"Name":"a","Check":{"AliasService":"b"}}""");
        await registry.PutAsync("agent/service/register", """{"Name":"b","Check":{"AliasService":"a"}}""");

        Assert.Equal(2, (await registry.GetAsync("agent/checks")).EnumerateObject().Count());
    }

    [Fact]
    public async Task A_ttl_check_turns_critical_when_nobody_reports_and_heals_when_somebody_does()
    {
        var time = new ManualTime();
        await using var registry = await RunningRegistry.StartAsync(time: time);
        await registry.PutAsync("agent/service/register", """{"Name":"web","Check":{"TTL":"10s"}}""");
        await registry.PutAsync("agent/check/pass/service:web");
        time.Advance(TimeSpan.FromSeconds(9));
        await registry.PutAsync("agent/check/pass/service:web");
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal("passing", (await UntilProbedAsync(registry, "service:web")).Status);

        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(("critical", "TTL expired"), await UntilProbedAsync(registry, "service:web"));
        await registry.PutAsync("agent/check/pass/service:web");

        Assert.Equal("passing", (await UntilProbedAsync(registry, "service:web")).Status);
    }

    [Fact]
    public async Task A_ttl_of_years_is_longer_than_any_timer_and_is_kept_all_the_same()
    {
        var time = new ManualTime();
        await using var registry = await RunningRegistry.StartAsync(time: time);
        await using var real = await RunningRegistry.StartAsync();
        await real.PutAsync("agent/check/register", """{"Name":"yearly","TTL":"17520h","Status":"passing"}""");
        await registry.PutAsync("agent/check/register", """{"Name":"yearly","TTL":"17520h","Status":"passing"}""");

        time.Advance(TimeSpan.FromDays(729));
        Assert.Equal("passing", (await UntilProbedAsync(registry, "yearly")).Status);
        time.Advance(TimeSpan.FromDays(2));

        Assert.Equal("critical", (await UntilProbedAsync(registry, "yearly")).Status);
    }

    [Fact]
    public async Task A_service_that_stays_critical_is_deregistered_after_the_time_it_asked_for_and_not_before_a_minute()
    {
        var time = new ManualTime();
        await using var registry = await RunningRegistry.StartAsync(time: time);
        await registry.PutAsync("agent/service/register", """{"Name":"web","Check":{"TTL":"10s","Status":"passing","DeregisterCriticalServiceAfter":"1s"}}""");
        time.Advance(TimeSpan.FromSeconds(11));
        time.Advance(TimeSpan.FromSeconds(58));
        Assert.Equal(1, (await registry.GetAsync("catalog/service/web")).GetArrayLength());

        time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(0, (await registry.GetAsync("catalog/service/web")).GetArrayLength());
    }

    [Theory]
    [InlineData(0, 0, 0, "+-+", "passing critical passing")]
    [InlineData(2, 0, 0, "++-+", "= passing critical =")]
    [InlineData(0, 0, 3, "+---", "passing warning warning critical")]
    [InlineData(0, 2, 3, "+---+--", "passing = warning critical passing = warning")]
    [InlineData(1, 0, 2, "-+-+-", "warning passing warning passing warning")]
    public void Thresholds_keep_a_flapping_instance_from_flapping_in_the_catalog(int good, int bad, int worse, string results, string statuses)
    {
        var thresholds = new CheckThresholds(new CheckDefinition
        {
            Kind = CheckKind.Tcp,
            SuccessBeforePassing = good,
            FailuresBeforeWarning = bad,
            FailuresBeforeCritical = worse,
        });

        var seen = results.Select(result => thresholds.Observe(result == '+' ? InstanceHealth.Passing : InstanceHealth.Critical)?.ToString().ToLowerInvariant() ?? "=");

        Assert.Equal(statuses, string.Join(' ', seen));
    }

    [Fact]
    public async Task Maintenance_of_a_supervised_instance_takes_it_out_of_traffic_and_ends()
    {
        await using var registry = await RunningRegistry.StartAsync();
        registry.Engine.Apply(Some.Table(Some.Instance("orders")));

        await registry.PutAsync("agent/service/maintenance/orders-1?enable=true&reason=upgrade");
        Assert.Equal(0, (await registry.GetAsync("health/service/orders?passing")).GetArrayLength());
        registry.Engine.Apply(Some.Table(Some.Instance("orders", port: 6000)));
        Assert.Equal(0, (await registry.GetAsync("health/service/orders?passing")).GetArrayLength());
        await registry.PutAsync("agent/service/maintenance/orders-1?enable=false");

        Assert.Equal(1, (await registry.GetAsync("health/service/orders?passing")).GetArrayLength());
    }

    private static async Task<(string Status, string Output)> UntilProbedAsync(RunningRegistry registry, string id)
    {
        var deadline = Environment.TickCount64 + 20_000;
        while (true)
        {
            var check = (await registry.GetAsync("agent/checks")).GetProperty(id);
            var found = (check.GetProperty("Status").GetString()!, check.GetProperty("Output").GetString()!);
            if (found.Item2.Length > 0 || found.Item1 != "critical") return found;
            Assert.True(Environment.TickCount64 < deadline, $"'{id}' was never probed");
            await Task.Delay(5, RunningRegistry.Cancellation);
        }
    }

    private static async Task<Target> ListenAsync(HttpProtocols protocols, RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        var web = builder.Build();
        web.Run(answer);
        await web.StartAsync(RunningRegistry.Cancellation);
        return new Target(web, web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    private sealed record Target(WebApplication Web, string Address) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Web.DisposeAsync();
    }
}
