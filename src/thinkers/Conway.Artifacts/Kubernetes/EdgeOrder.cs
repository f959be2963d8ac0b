using System.Globalization;
using Conway.Artifacts.Plans;
using Conway.Findings;
using Conway.Model;

namespace Conway.Artifacts.Kubernetes;

/// <summary>Where the Gateway API leaves open which of two routes takes a request, and a run does not.</summary>
internal static class EdgeOrder
{
    public static void Check(SystemPlan system, List<Finding> findings)
    {
        Lead[] routes = [.. system.Model.Gateway.Routes.Select((route, i) => new Lead(route, PathPlan.Of(route.Path), (route.Host ?? system.Model.Deploy.Edge.Host ?? "").Trim().TrimEnd('.').ToLowerInvariant(), string.Create(CultureInfo.InvariantCulture, $"gateway.routes[{i}]")))];
        foreach (var (i, lead) in routes.Index())
        {
            if (!lead.Path.IsExact && lead.Path.Segments.Count > 0 && Others(routes, i).FirstOrDefault(other => other.Host == lead.Host && !other.Path.IsExact && MayBothTake(lead, other)) is { } near)
            {
                Tell(findings, lead, "path", $"has a pattern in it and a place before or after '{near.Route.Path}'", "Give paths to the two that no request has in common, or look up where the controller puts regular expressions.");
            }

            if (routes.FirstOrDefault(other => IsWithin(other.Host, lead.Host)) is { } narrow)
            {
                Tell(findings, lead, "host", $"of '{lead.Host}' answers where '{narrow.Host}' has no route", $"Write what '{narrow.Host}' needs of it as routes of that host; a controller may look at no other.");
            }

            if (routes[..i].FirstOrDefault(other => other.Route.To != lead.Route.To && IsAlike(lead, other) && MayBothTake(lead, other)) is { } first)
            {
                Tell(findings, lead, "path", $"comes after '{first.Route.Path}' to '{first.Route.To}', where both take a request", "Say more in one of the two: a method, a header or a parameter; else the older object wins.");
            }
        }
    }

    private static void Tell(List<Finding> findings, Lead lead, string key, string what, string mend) => findings.Add(new Finding
    {
        Rule = ArtifactFindings.NotCarriedOver,
        Weight = Severity.Warning,
        ModelPath = $"{lead.At}.{key}",
        Message = $"The route '{lead.Route.Path}' {what}, which is not carried over to the cluster.",
        Mend = mend,
    });

    private static IEnumerable<Lead> Others(Lead[] routes, int but) => routes.Where((_, i) => i != but);

    private static bool IsWithin(string host, string wide) =>
        host != wide && wide.StartsWith("*.", StringComparison.Ordinal) && host.Length >= wide.Length && host.EndsWith(wide[1..], StringComparison.Ordinal);

    // As many of everything that counts.
    private static bool IsAlike(Lead one, Lead other) =>
        one.Host == other.Host && one.Path.Segments.Count == 0 && other.Path.Segments.Count == 0 && one.Path.IsExact == other.Path.IsExact && one.Path.Literal == other.Path.Literal
        && one.Route.Methods.Count > 0 == other.Route.Methods.Count > 0 && one.Route.Headers.Count == other.Route.Headers.Count && one.Route.Query.Count == other.Route.Query.Count;

    private static bool MayBothTake(Lead one, Lead other) =>
        one.Path.Overlaps(other.Path)
        && (one.Route.Methods.Count == 0 || other.Route.Methods.Count == 0 || one.Route.Methods.Intersect(other.Route.Methods).Any())
        && !Contradict(one.Route.Headers, other.Route.Headers, StringComparison.OrdinalIgnoreCase) && !Contradict(one.Route.Query, other.Route.Query, StringComparison.Ordinal);

    private static bool Contradict(NameMap<string> one, NameMap<string> other, StringComparison names) =>
        one.Any(wanted => other.Any(also => wanted.Key.Equals(also.Key, names) && wanted.Value != also.Value));

    private sealed record Lead(Route Route, PathPlan Path, string Host, string At);
}
