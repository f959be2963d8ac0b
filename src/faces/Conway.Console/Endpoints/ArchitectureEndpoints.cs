using Conway.Console.Api;
using Conway.Findings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Conway.Console.Endpoints;

/// <summary>The system as it is declared, beside what was seen of it.</summary>
internal static class ArchitectureEndpoints
{
    public static void Map(IEndpointRouteBuilder api, InspectionDesk desk) =>
        api.MapGet("/architecture", async Task<Results<Ok<Architecture>, ProblemHttpResult>> (string? look, CancellationToken cancel) =>
        {
            var asked = (look ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (asked.FirstOrDefault(word => !Inspection.Words.Contains(word)) is { } unknown)
            {
                var meant = DidYouMean.Closest(unknown, Inspection.Words);
                return Problems.Bad("Look at what?", $"'{unknown}' cannot be looked at. {(meant is null ? $"There are {string.Join(", ", Inspection.Words)}." : $"Did you mean '{meant}'?")}");
            }

            try
            {
                return TypedResults.Ok(await desk.LookAsync([.. Inspection.Words.Where(asked.Contains)], cancel));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return TypedResults.Problem($"{e.Message.TrimEnd('.')}. Look again without it, or when it can be read.", statusCode: StatusCodes.Status503ServiceUnavailable, title: "Something cannot be read");
            }
        }).WithSummary("The architecture: contexts, services, boundaries, and where it drifts from what happens");
}
