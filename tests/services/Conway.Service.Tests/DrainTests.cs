using System.Net;
using Microsoft.AspNetCore.Builder;
using static Conway.Service.Tests.Support.RunningService;

namespace Conway.Service.Tests;

public sealed class DrainTests
{
    [Fact]
    public async Task A_draining_service_says_that_it_is_not_ready_and_still_answers()
    {
        await using var service = await Start(
            app => app.MapGet("/work", () => "done"),
            options: o => o.DrainNotice = TimeSpan.FromMinutes(5));

        var stop = service.App.StopAsync(Ct);
        using var ready = await service.Http.GetAsync("/health/ready", Ct);
        var work = await service.Http.GetStringAsync("/work", Ct);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("""{"status":"draining"}""", await ready.Content.ReadAsStringAsync(Ct));
        Assert.Equal("done", work);
        Assert.False(stop.IsCompleted);
    }

    [Fact]
    public async Task A_request_in_flight_is_finished_before_the_end()
    {
        var entered = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        await using var service = await Start(
            app => app.MapGet("/work", async () =>
            {
                entered.SetResult();
                await finish.Task;
                return "done";
            }),
            options: o => o.DrainNotice = TimeSpan.Zero);

        var work = service.Http.GetStringAsync("/work", Ct);
        await entered.Task.WaitAsync(Ct);
        var stop = service.App.StopAsync(Ct);
        Assert.False(stop.IsCompleted);
        finish.SetResult();

        Assert.Equal("done", await work);
        await stop.WaitAsync(TimeSpan.FromSeconds(10), Ct);
    }

    [Fact]
    public async Task A_request_that_never_ends_is_cut_off_after_the_drain_time()
    {
        var entered = new TaskCompletionSource();
        await using var service = await Start(
            app => app.MapGet("/work", async (CancellationToken cancelled) =>
            {
                entered.SetResult();
                await Task.Delay(Timeout.Infinite, cancelled);
            }),
            options: o => (o.DrainNotice, o.DrainTime) = (TimeSpan.Zero, TimeSpan.FromMilliseconds(100)));

        var work = service.Http.GetAsync("/work", Ct);
        await entered.Task.WaitAsync(Ct);

        // The host says that it ran out of time by cancelling its own stop.
        await Record.ExceptionAsync(() => service.App.StopAsync(Ct).WaitAsync(TimeSpan.FromSeconds(10), Ct));

        await Assert.ThrowsAsync<HttpRequestException>(() => work);
    }
}
