using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using static Conway.Service.Tests.Support.RunningService;

namespace Conway.Service.Tests;

public sealed class ProblemTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    private sealed record Line(string Product, int Quantity);

    [Fact]
    public async Task An_unknown_path_is_a_problem_with_the_callers_trace_id()
    {
        await using var service = await Start();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nowhere") { Headers = { { "traceparent", $"00-{TraceId}-b7ad6b7169203331-01" } } };

        using var answer = await service.Http.SendAsync(request, Ct);

        var problem = await Problem(answer, HttpStatusCode.NotFound);
        Assert.Equal("/nowhere", problem.GetProperty("instance").GetString());
        Assert.Equal(TraceId, problem.GetProperty("traceId").GetString());
    }

    [Fact]
    public async Task An_unexpected_exception_says_nothing_of_the_inside()
    {
        await using var service = await Start(app => app.MapGet("/boom", string () => throw new InvalidOperationException("password=hunter2")));

        using var answer = await service.Http.GetAsync("/boom", Ct);

        await Problem(answer, HttpStatusCode.InternalServerError);
        Assert.DoesNotContain("hunter2", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_of_the_wrong_type_is_an_error_of_its_field()
    {
        await using var service = await Start(app => app.MapPost("/lines", (Line[] lines) => lines.Length));

        using var answer = await service.Http.PostAsync("/lines", Json("""[{"product":"p","quantity":"two"}]"""), Ct);

        var problem = await Problem(answer, HttpStatusCode.BadRequest);
        Assert.Equal("This value has the wrong type.", problem.GetProperty("errors").GetProperty("[0].quantity")[0].GetString());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("\"text\"")]
    public async Task Broken_json_is_a_problem(string body)
    {
        await using var service = await Start(app => app.MapPost("/line", (Line line) => line.Quantity));

        using var answer = await service.Http.PostAsync("/line", Json(body), Ct);

        await Problem(answer, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Everything_wrong_with_a_request_is_said_at_once()
    {
        await using var service = await Start(app => app.MapPost("/line", IResult (Line line) => new FieldErrors()
            .Unless(line.Quantity > 0, "quantity", "Must be above 0.")
            .Unless(line.Quantity != 0, "quantity", "Must not be 0.")
            .Unless(line.Product.Length > 0, "product", "Must be set.")
            .ToProblem()));

        using var answer = await service.Http.PostAsync("/line", Json("""{"product":"","quantity":0}"""), Ct);

        var problem = await Problem(answer, HttpStatusCode.BadRequest);
        Assert.Equal("""{"quantity":["Must be above 0.","Must not be 0."],"product":["Must be set."]}""", problem.GetProperty("errors").GetRawText());
    }

    [Fact]
    public async Task A_bodiless_error_of_an_endpoint_becomes_a_problem()
    {
        await using var service = await Start(app => app.MapGet("/teapot", () => Results.StatusCode(418)));

        using var answer = await service.Http.GetAsync("/teapot", Ct);

        await Problem(answer, (HttpStatusCode)418);
    }

    [Fact]
    public async Task Problems_can_be_turned_off()
    {
        await using var service = await Start(options: o => o.Problems = false);

        using var answer = await service.Http.GetAsync("/nowhere", Ct);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Ct));
    }

    private static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");

    internal static async Task<JsonElement> Problem(HttpResponseMessage answer, HttpStatusCode status)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.Equal(32, problem.GetProperty("traceId").GetString()!.Length);
        return problem;
    }
}
