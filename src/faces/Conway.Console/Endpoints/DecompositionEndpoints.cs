using Conway.Console.Api;
using Conway.Console.FromCode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Conway.Console.Endpoints;

/// <summary>A codebase that is being cut into services.</summary>
internal static class DecompositionEndpoints
{
    public static void Map(IEndpointRouteBuilder all, DecompositionSession? session)
    {
        var api = all.MapGroup("/decomposition").AddEndpointFilter(async (context, next) =>
        {
            if (session is null)
            {
                return Problems.NotFound("No decomposition", "This console shows a running system. 'conway decompose --open' shows how a codebase could be cut.");
            }

            try
            {
                return await next(context);
            }
            catch (DecompositionException wrong)
            {
                return TypedResults.Problem(wrong.Message, statusCode: wrong.IsStale ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest, title: "This cannot be done");
            }
        });

        api.MapGet("", async (CancellationToken cancel) => TypedResults.Ok(await session!.OverviewAsync(cancel))).WithSummary("What is proposed, and what must hold");

        api.MapGet("/alternatives/{id}", async Task<Results<Ok<DecompositionBoard>, ProblemHttpResult>> (string id, CancellationToken cancel) =>
            await session!.FindBoardAsync(id, cancel) is { } board ? TypedResults.Ok(board) : await NoneAsync(session, id, "", cancel)).WithSummary("One cut, whole");

        api.MapGet("/alternatives/{id}/units/{unit:int}", async Task<Results<Ok<DecompositionUnit>, ProblemHttpResult>> (string id, int unit, CancellationToken cancel) =>
            await session!.FindUnitAsync(id, unit, cancel) is { } found ? TypedResults.Ok(found) : await NoneAsync(session, id, $"no type or table with the number {unit}", cancel))
            .WithSummary("Why a type is where it is, and what each move of it would cost");

        api.MapGet("/alternatives/{id}/boundary", async Task<Results<Ok<DecompositionBoundary>, ProblemHttpResult>> (string id, string? a, string? b, CancellationToken cancel) =>
            string.IsNullOrEmpty(a) || string.IsNullOrEmpty(b) ? Problems.Bad("Between which services?", "Give two services: ?a=orders&b=stock")
            : await session!.FindBoundaryAsync(id, a, b, cancel) is { } found ? TypedResults.Ok(found)
            : await NoneAsync(session!, id, $"no service '{a}' or no service '{b}'", cancel)).WithSummary("Everything that a boundary parts");

        api.MapPost("/moves", async Task<Results<Ok<DecompositionOverview>, ProblemHttpResult>> (DecompositionMove move, CancellationToken cancel) =>
            TypedResults.Ok(await session!.MoveAsync(move, cancel))).WithSummary("Pin a type to a service, and propose again");

        api.MapPost("/edits", async Task<Results<Ok<DecompositionOverview>, ProblemHttpResult>> (DecompositionEdit edit, CancellationToken cancel) =>
            TypedResults.Ok(await session!.EditAsync(edit, cancel))).WithSummary("Add, remove or replace a line of the constraints, and propose again");

        api.MapPost("/undo", async Task<Results<Ok<DecompositionOverview>, ProblemHttpResult>> (CancellationToken cancel) =>
            TypedResults.Ok(await session!.UndoAsync(cancel))).WithSummary("Take the last edit back, and propose again");
    }

    private static async Task<ProblemHttpResult> NoneAsync(DecompositionSession session, string id, string otherwise, CancellationToken cancel)
    {
        var ids = (await session.OverviewAsync(cancel)).Alternatives.Select(a => a.Id).ToList();
        return ids.Contains(id)
            ? Problems.NotFound("Not in this cut", $"In '{id}' there is {otherwise}.")
            : Problems.NotFound("No such cut", $"There is no cut '{id}'. There are {string.Join(", ", ids)}.");
    }
}
