using Conway.Console.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Conway.Console.Endpoints;

/// <summary>The console itself.</summary>
internal static class ConsoleEndpoints
{
    public static void Map(IEndpointRouteBuilder api, Func<ConsoleParts> parts, Func<OneTimeCode> newCode)
    {
        api.MapGet("/console", () => TypedResults.Ok(parts())).WithSummary("What this console shows");
        api.MapPost("/codes", () => TypedResults.Ok(newCode())).WithSummary("A one-time code for one more browser");
    }
}
