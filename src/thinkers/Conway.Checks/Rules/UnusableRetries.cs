using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW2108: retries for requests that must not be repeated.</summary>
/// <remarks>Known only at the gateway, where a route names its methods: POST and PATCH are not idempotent (RFC 9110, 9.2.2),
/// and Conway does not repeat them.</remarks>
public sealed class UnusableRetries : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW2108", Severity.Warning, "Retries of what must not be repeated",
        "A request that is not idempotent is never sent twice, so the retries promise a safety that is not there.");

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var routes = subject.Model.Gateway.Routes;
        for (var i = 0; i < routes.Count; i++)
        {
            var route = routes[i];
            if (route.Retries > 0 && route.Methods.Count > 0 && route.Methods.All(IsNotIdempotent))
            {
                yield return new Finding
                {
                    Rule = Rule,
                    ModelPath = $"gateway.routes[{i}].retries",
                    Message = $"The route {route.Path} to '{route.To}' has retries: {route.Retries}, but takes only {string.Join(" and ", route.Methods)}, which {(route.Methods.Count == 1 ? "is" : "are")} not repeated.",
                    Mend = $"Remove retries from the route; let the client send an Idempotency-Key and '{route.To}' answer a repeated one from memory.",
                };
            }
        }
    }

    private static bool IsNotIdempotent(string method) =>
        method.Equals("POST", StringComparison.OrdinalIgnoreCase) || method.Equals("PATCH", StringComparison.OrdinalIgnoreCase);
}
