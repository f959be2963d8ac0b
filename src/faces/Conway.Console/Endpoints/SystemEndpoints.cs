using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Conway.Console.Endpoints;

/// <summary>The system as a whole.</summary>
internal static class SystemEndpoints
{
    public static void Map(IEndpointRouteBuilder api, ConsoleSource source)
    {
        api.MapGet("/system", () => TypedResults.Ok(source.System)).WithSummary("The system as a whole");
        api.MapGet("/graph", (double? windowMs) => TypedResults.Ok(source.Graph(Bounds.Window(windowMs, Bounds.GraphWindow)))).WithSummary("Declared and observed calls");
        api.MapPost("/stop", () =>
        {
            source.Stop();
            return TypedResults.Accepted((string?)null);
        }).WithSummary("Drain and end everything");
    }
}
