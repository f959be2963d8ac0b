using System.Net;
using Conway.Service.Tests.Support;
using Microsoft.AspNetCore.Builder;
using static Conway.Service.Tests.Support.RunningService;

namespace Conway.Service.Tests;

public sealed class DeadlineTests
{
    [Theory]
    [InlineData(null, null, null)]
    [InlineData("300", null, 300)]
    [InlineData(null, 800, 800)]
    [InlineData("300", 800, 300)]
    [InlineData("900", 800, 800)]
    [InlineData("0", 800, 0)]
    [InlineData("-5", 800, 800)]
    [InlineData("soon", 800, 800)]
    [InlineData("99999999999", 800, 800)]
    [InlineData("1.5", null, null)]
    [InlineData(" 300", null, null)]
    public void The_smaller_of_callers_deadline_and_own_budget_counts(string? header, int? budgetMs, int? expectedMs)
    {
        var chosen = Deadline.Choose(header, budgetMs is { } b ? TimeSpan.FromMilliseconds(b) : null);

        Assert.Equal(expectedMs, (int?)chosen?.TotalMilliseconds);
    }

    [Fact]
    public async Task A_request_whose_deadline_passes_is_stopped_and_answered_504()
    {
        var stopped = new TaskCompletionSource();
        await using var service = await Start(app => app.MapGet("/slow", async (CancellationToken cancelled) =>
        {
            await using var _ = cancelled.Register(stopped.SetResult);
            await Task.Delay(Timeout.Infinite, cancelled);
        }));

        using var answer = await Get(service, "/slow", "50");

        var problem = await ProblemTests.Problem(answer, HttpStatusCode.GatewayTimeout);
        Assert.Equal("The request's deadline of 50 ms passed before the answer was ready.", problem.GetProperty("detail").GetString());
        await stopped.Task.WaitAsync(Ct);
    }

    [Fact]
    public async Task Without_a_header_the_services_own_budget_is_the_deadline()
    {
        await using var service = await Start(
            app => app.MapGet("/slow", (CancellationToken cancelled) => Task.Delay(Timeout.Infinite, cancelled)),
            environment: ("CONWAY_REQUEST_BUDGET_MS", "50"));

        using var answer = await service.Http.GetAsync("/slow", Ct);

        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
    }

    [Fact]
    public async Task A_request_with_nothing_left_is_not_even_begun()
    {
        var begun = false;
        await using var service = await Start(app => app.MapGet("/work", () => begun = true));

        using var answer = await Get(service, "/work", "0");

        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
        Assert.False(begun);
    }

    [Fact]
    public async Task Code_can_ask_how_much_is_left()
    {
        await using var service = await Start(app => app.MapGet("/left", () => Deadline.Current!.Left.TotalMilliseconds));

        using var answer = await Get(service, "/left", "60000");

        var left = double.Parse(await answer.Content.ReadAsStringAsync(Ct), System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(left, 1, 60_000);
    }

    [Fact]
    public async Task Deadlines_can_be_turned_off()
    {
        await using var service = await Start(app => app.MapGet("/work", () => "done"), options: o => o.Deadlines = false);

        using var answer = await Get(service, "/work", "0");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static Task<HttpResponseMessage> Get(RunningService service, string path, string milliseconds) =>
        service.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { Deadline.Header, milliseconds } } }, Ct);
}
