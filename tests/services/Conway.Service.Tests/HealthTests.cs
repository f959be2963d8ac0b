using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using static Conway.Service.Tests.Support.RunningService;

namespace Conway.Service.Tests;

public sealed class HealthTests
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/health/startup")]
    public async Task A_service_that_has_started_is_well(string path)
    {
        await using var service = await Start();

        using var answer = await service.Http.GetAsync(path, Ct);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("""{"status":"healthy"}""", await answer.Content.ReadAsStringAsync(Ct));
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task A_failing_check_makes_it_unready_and_not_dead()
    {
        await using var service = await Start(build: b => b.Services.AddHealthChecks().AddCheck("orders-db", () => HealthCheckResult.Unhealthy("the disk is full")));

        using var ready = await service.Http.GetAsync("/health/ready", Ct);
        using var live = await service.Http.GetAsync("/health/live", Ct);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal(
            """{"status":"unhealthy","checks":{"orders-db":{"status":"unhealthy","description":"the disk is full"}}}""",
            await ready.Content.ReadAsStringAsync(Ct));
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    [Fact]
    public async Task A_check_tagged_live_counts_for_liveness_alone()
    {
        await using var service = await Start(build: b => b.Services.AddHealthChecks().AddCheck("stuck", () => HealthCheckResult.Unhealthy(), tags: ["live"]));

        using var live = await service.Http.GetAsync("/health/live", Ct);
        using var ready = await service.Http.GetAsync("/health/ready", Ct);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, live.StatusCode);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    [Fact]
    public async Task Health_can_be_turned_off()
    {
        await using var service = await Start(options: o => o.Health = false);

        using var answer = await service.Http.GetAsync("/health/ready", Ct);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
