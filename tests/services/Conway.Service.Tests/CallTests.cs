using System.Net;
using Conway.Service.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using static Conway.Service.Tests.Support.RunningService;

namespace Conway.Service.Tests;

public sealed class CallTests
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

    private sealed class CatalogClient(HttpClient http)
    {
        public Task<string> Get(CancellationToken cancellationToken) => http.GetStringAsync("/what", cancellationToken);
    }

    [Fact]
    public async Task Trace_request_id_and_baggage_travel_with_a_call()
    {
        await using var catalog = await Start(app => app.MapGet("/what", (HttpContext c) => string.Join('|',
            c.Request.Headers.TraceParent.ToString()[..35], c.Request.Headers["x-request-id"], c.Request.Headers["baggage"])));
        await using var orders = await StartCaller(("CATALOG_URL", catalog.Address.ToString()));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ask")
        {
            Headers = { { "traceparent", $"00-{TraceId}-00f067aa0ba902b7-01" }, { "x-request-id", "r-17" }, { "baggage", "tenant=blue" } },
        };

        using var answer = await orders.Http.SendAsync(request, Ct);

        Assert.Equal($"00-{TraceId}|r-17|tenant=blue", (await answer.Content.ReadAsStringAsync(Ct)).Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_inherits_what_is_left_of_its_callers_deadline()
    {
        await using var catalog = await Start(app => app.MapGet("/what", (HttpContext c) => c.Request.Headers[Deadline.Header].ToString()));
        await using var orders = await StartCaller(("CATALOG_URL", catalog.Address.ToString()), ("CATALOG_TIMEOUT_MS", "45000"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ask") { Headers = { { Deadline.Header, "20000" } } };

        using var hurried = await orders.Http.SendAsync(request, Ct);
        var relaxed = await orders.Http.GetStringAsync("/ask", Ct);

        Assert.InRange(int.Parse(await hurried.Content.ReadAsStringAsync(Ct), System.Globalization.CultureInfo.InvariantCulture), 1, 20_000);
        Assert.Equal("45000", relaxed);
    }

    [Fact]
    public async Task A_call_over_its_budget_is_a_504_that_names_the_callee()
    {
        await using var catalog = await Start(app => app.MapGet("/what", (CancellationToken c) => Task.Delay(Timeout.Infinite, c)));
        await using var orders = await StartCaller(("CATALOG_URL", catalog.Address.ToString()), ("CATALOG_TIMEOUT_MS", "50"));

        using var answer = await orders.Http.GetAsync("/ask", Ct);

        var problem = await ProblemTests.Problem(answer, HttpStatusCode.GatewayTimeout);
        Assert.Equal("'catalog' did not answer within 50 ms.", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_callee_that_is_gone_is_a_502_that_names_it()
    {
        Uri gone;
        await using (var catalog = await Start())
            gone = catalog.Address;
        await using var orders = await StartCaller(("CATALOG_URL", gone.ToString()));

        using var answer = await orders.Http.GetAsync("/ask", Ct);

        var problem = await ProblemTests.Problem(answer, HttpStatusCode.BadGateway);
        Assert.Equal("'catalog' could not be reached.", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task An_error_of_the_callee_is_not_passed_off_as_ours()
    {
        await using var catalog = await Start(app => app.MapGet("/what", () => Results.StatusCode(503)));
        await using var orders = await StartCaller(("CATALOG_URL", catalog.Address.ToString()));

        using var answer = await orders.Http.GetAsync("/ask", Ct);

        await ProblemTests.Problem(answer, HttpStatusCode.BadGateway);
    }

    [Fact]
    public async Task A_client_without_an_address_says_which_variable_is_missing()
    {
        await using var orders = await StartCaller();

        using var answer = await orders.Http.GetAsync("/ask", Ct);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains(
            orders.Logs.Of("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware"),
            l => l.Exception!.Message == "The call to 'catalog' has no address. Declare it under this service's `calls:` in the model, or set CATALOG_URL.");
    }

    [Fact]
    public async Task A_client_is_named_as_its_callee_also_without_a_type()
    {
        await using var catalog = await Start(app => app.MapGet("/what", () => "hello"));
        await using var orders = await Start(
            app => app.MapGet("/ask", (IHttpClientFactory clients, CancellationToken c) => clients.CreateClient("price-list").GetStringAsync("/what", c)),
            environment: ("PRICE_LIST_URL", catalog.Address.ToString()));

        Assert.Equal("hello", await orders.Http.GetStringAsync("/ask", Ct));
    }

    private static Task<RunningService> StartCaller(params (string, string)[] environment) => Start(
        app => app.MapGet("/ask", (CatalogClient catalog, CancellationToken c) => catalog.Get(c)),
        builder => builder.AddConwayClient<CatalogClient>("catalog"),
        environment: environment);
}
