using Conway.Console.Api;
using Conway.Findings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Conway.Console.Endpoints;

/// <summary>Services, and what can be done to them.</summary>
internal static class ServiceEndpoints
{
    public static void Map(IEndpointRouteBuilder api, ConsoleSource source)
    {
        api.MapGet("/services", () => TypedResults.Ok(source.Services)).WithSummary("Every service, in the order of the model");
        api.MapGet("/services/{name}", Results<Ok<ServiceDetail>, ProblemHttpResult> (string name) =>
            source.FindService(name) is { } found ? TypedResults.Ok(found) : Unknown(source, name)).WithSummary("Everything about one service");
        foreach (var verb in Enum.GetValues<ServiceVerb>())
        {
            api.MapPost($"/services/{{name}}/{verb.ToString().ToLowerInvariant()}", Results<Accepted<ServiceDetail>, ProblemHttpResult> (string name) =>
                source.Command(name, verb) && source.FindService(name) is { } now ? TypedResults.Accepted((string?)null, now) : Unknown(source, name)).WithSummary($"{verb} a service");
        }

        api.MapPost("/services/{name}/replicas/{replica:int}/kill", Results<Accepted, ProblemHttpResult> (string name, int replica) =>
            source.FindService(name) is null ? Unknown(source, name)
            : source.Kill(name, replica) ? TypedResults.Accepted((string?)null)
            : Problems.NotFound("No such process", $"'{name}' has no running replica {replica}.")).WithSummary("SIGKILL to one replica, to see what happens");
    }

    private static ProblemHttpResult Unknown(ConsoleSource source, string name)
    {
        var names = source.Services.Select(service => service.Name).ToList();
        var meant = DidYouMean.Closest(name, names);
        return Problems.NotFound("No such service", $"There is no service '{name}'.{(meant is null ? "" : $" Did you mean '{meant}'?")}");
    }
}
