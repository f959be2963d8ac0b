using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Conway.Service.Problems;

/// <summary>Turns the exceptions whose meaning is known into problems. Every other one stays a 500 that says nothing of the inside.</summary>
internal sealed class KnownFailures(IProblemDetailsService problems) : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (ProblemOf(exception) is not { } problem)
            return ValueTask.FromResult(false);
        context.Response.StatusCode = problem.Status!.Value;
        return problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = problem, Exception = exception });
    }

    private static ProblemDetails? ProblemOf(Exception exception) => exception switch
    {
        DeadlinePassedException => Problem(504, "The deadline passed", exception.Message),
        CallTimedOutException => Problem(504, "A call took too long", exception.Message),
        CallFailedException => Problem(502, "A call failed", exception.Message),
        HttpRequestException { StatusCode: { } status } => Problem(502, "A call failed", $"A service that was needed answered {(int)status}."),
        BadHttpRequestException { InnerException: JsonException json } => BadField(json),
        BadHttpRequestException bad => Problem(bad.StatusCode, null, bad.Message),
        _ => null,
    };

    private static ProblemDetails Problem(int status, string? title, string detail) => new() { Status = status, Title = title, Detail = detail };

    // `$.lines[0].quantity` → lines[0].quantity; `$[0].quantity` → [0].quantity
    private static HttpValidationProblemDetails BadField(JsonException exception)
    {
        var field = exception.Path?.TrimStart('$').TrimStart('.') ?? "";
        var said = field.Length == 0 ? "This is not the JSON that is expected here." : "This value has the wrong type.";
        return new HttpValidationProblemDetails(new Dictionary<string, string[]> { [field] = [said] }) { Status = 400 };
    }
}
