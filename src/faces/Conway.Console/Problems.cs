using System.Text.Json;
using Conway.Console.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Conway.Console;

/// <summary>Refusals as problem details (RFC 9457).</summary>
internal static class Problems
{
    public static Task WriteAsync(HttpContext http, int status, string title, string detail)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsJsonAsync(
            new ProblemDetails { Status = status, Title = title, Detail = detail }, ApiJson.Default.ProblemDetails, "application/problem+json", http.RequestAborted);
    }

    public static ProblemHttpResult NotFound(string title, string detail) => TypedResults.Problem(detail, statusCode: StatusCodes.Status404NotFound, title: title);

    public static ProblemHttpResult Bad(string title, string detail) => TypedResults.Problem(detail, statusCode: StatusCodes.Status400BadRequest, title: title);

    public static ProblemHttpResult Of(BadQueryException query) => TypedResults.Problem(
        query.Message, statusCode: StatusCodes.Status400BadRequest, title: "The query cannot be read",
        extensions: new Dictionary<string, object?> { ["position"] = JsonSerializer.SerializeToElement(query.Position, ApiJson.Default.Int32) });
}
