using Conway.Console.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Conway.Console.Endpoints;

/// <summary>Findings, their rules, the model and its journeys.</summary>
internal static class ModelEndpoints
{
    public static void Map(IEndpointRouteBuilder api, ConsoleSource source)
    {
        api.MapGet("/findings", () => TypedResults.Ok(new FindingList([.. source.Findings.OrderBy(finding => finding.Severity)]))).WithSummary("Every finding, errors first");
        api.MapGet("/findings/history", () => TypedResults.Ok(source.FindingHistory)).WithSummary("What became of every finding, over all runs");
        api.MapGet("/findings/rules/{code}", Results<Ok<Rule>, ProblemHttpResult> (string code) =>
            source.FindRule(code) is { } rule ? TypedResults.Ok(rule) : Problems.NotFound("No such rule", $"There is no rule '{code}'.")).WithSummary("The page of a rule");
        api.MapGet("/model", () => TypedResults.Ok(source.Model)).WithSummary("The model in use and its plan");
        api.MapGet("/model/explain", Results<Ok<Explanation>, ProblemHttpResult> (string? path) =>
            string.IsNullOrEmpty(path) ? Problems.Bad("Which part?", "Give a path: ?path=services.orders.calls.catalog.timeout")
            : source.Explain(path) is { } found ? TypedResults.Ok(found)
            : Problems.NotFound("No such part", $"The model has no part '{path}'.")).WithSummary("What a part of the model means and holds");
        api.MapGet("/journeys", () => TypedResults.Ok(source.Journeys)).WithSummary("The synthetic users");
        foreach (var (verb, running) in new[] { ("start", true), ("stop", false) })
        {
            api.MapPost($"/journeys/{{name}}/{verb}", Results<Accepted, ProblemHttpResult> (string name) =>
                source.Command(name, running) ? TypedResults.Accepted((string?)null) : Problems.NotFound("No such journey", $"There is no journey '{name}'.")).WithSummary($"{char.ToUpperInvariant(verb[0])}{verb[1..]} a journey");
        }
    }
}
