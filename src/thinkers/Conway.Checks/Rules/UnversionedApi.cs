using System.Globalization;
using System.Text.RegularExpressions;
using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW4101: a contract with the outside that cannot be changed.</summary>
/// <remarks>A service with a contract (<c>api.rest</c>, <c>api.grpc</c>) that the gateway shows, or a route among others that have a version. Versions are seen in
/// <c>api.versions</c>, in the path (<c>/v1/</c>), and in headers and queries that name one.</remarks>
public sealed partial class UnversionedApi : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW4101", Severity.Warning, "Public contract without a version",
        "The first change that breaks somebody breaks everybody at once, because the old contract cannot be served beside the new one.")
    {
        Unless = "all callers are released together with the service",
    };

    public CheckInputs Uses => CheckInputs.Code;

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var routes = subject.Model.Gateway.Routes;
        var anyVersioned = routes.Any(IsVersioned);
        foreach (var (index, route) in routes.Index())
        {
            if (!subject.Model.Services.TryGetValue(route.To, out var service) || service.Api.Versions.Count > 0 || IsVersioned(route) || IsVersionedInCode(subject, route.To) || route.Path is "/" or "/**")
            {
                continue;
            }

            var contract = service.Api.Rest ?? service.Api.Grpc;
            if (contract is null ? anyVersioned : !Version().IsMatch(contract))
            {
                yield return new Finding
                {
                    Rule = Rule,
                    ModelPath = string.Create(CultureInfo.InvariantCulture, $"gateway.routes[{index}].path"),
                    Subject = $"route {route.Path} to {route.To}",
                    Message = contract is not null
                        ? $"The gateway shows '{route.To}' at {route.Path} with the contract {contract}, and neither path nor service has a version."
                        : $"The route {route.Path} to '{route.To}' has no version, and others have one.",
                    Mend = $"Put the version into the path, /v1{route.Path}, or say which are served: api: {{ versions: [v1] }} in '{route.To}'.",
                };
            }
        }
    }

    private static bool IsVersionedInCode(CheckSubject subject, string service) =>
        subject.Code is not null && subject.Sources.EntriesOf(service).Any(e => e.Route is { } path && Version().IsMatch(path));

    private static bool IsVersioned(Conway.Model.Route route) =>
        Version().IsMatch(route.Path) || route.Headers.Concat(route.Query).Any(p => p.Key.Contains("version", StringComparison.OrdinalIgnoreCase) || Version().IsMatch("/" + p.Value));

    // /v1/, /v2.1, orders.v1.proto, /2026-01-01/
    [GeneratedRegex(@"(^|[/._-])(v[0-9]+|[0-9]{4}-[0-9]{2}-[0-9]{2})($|[/._-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}
