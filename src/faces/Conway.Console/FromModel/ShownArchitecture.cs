using Conway.Checks;
using Conway.Checks.Contexts;
using Conway.Checks.Drift;
using Conway.Checks.Sources;
using Conway.Console.FromNode;
using Conway.Lowering;
using Conway.Model;

namespace Conway.Console.FromModel;

/// <summary>What was looked at, in the words of the API. Pure.</summary>
internal static class ShownArchitecture
{
    /// <param name="inspection">What was looked at, and found.</param>
    /// <param name="look">What was asked for.</param>
    /// <param name="at">When.</param>
    public static Api.Architecture Of(Inspection inspection, IReadOnlyList<string> look, DateTimeOffset at)
    {
        var (subject, report) = (inspection.Subject, inspection.Report);
        var model = subject.Model;
        var gateway = GatewayEntry.Of(model);
        return new Api.Architecture(
            model.System, model.Description, at, look, inspection.Missing,
            [.. model.Contexts.Select(context => ContextOf(model, context.Key, context.Value))],
            [.. model.Contexts.SelectMany(context => context.Value.Upstream.Index().Where(one => model.Contexts.ContainsKey(one.Item.Context)).Select(one => RelationOf(context.Key, one.Item, one.Index)))],
            Dependencies(subject, report),
            [.. report.Findings.Where(f => f.Between is null && f.Code.StartsWith("CW33", StringComparison.Ordinal)).Select(Shown)],
            [.. model.Services.Select(service => DeclaredServices.Of(subject, service.Key, service.Value))],
            [.. model.Journeys.Select(journey => new Api.DeclaredUser(journey.Key, journey.Value.Description, DeclaredServices.ReachedBy(gateway, journey.Value)))],
            [.. DeclaredServices.Externals(subject)],
            [.. report.Boundaries.Select(one => new Api.ServiceBoundary(one.Service, one.Score, [.. one.Parts.Select(part => new Api.BoundaryFigure(part.Name, part.Value, part.Says))]))],
            report.Traffic is { } seen ? new(seen.Run, seen.From, seen.Until, seen.Requests, seen.Coverage, seen.SpanLoss, seen.IsCut) : null,
            [.. DriftEdges.Of(subject, report).Select(EdgeOf)],
            [.. report.Findings.Where(f => f.Between is null && DriftEdges.Codes.Contains(f.Code)).Select(Shown)],
            [.. report.NotEvaluated.Where(one => DriftEdges.Codes.Contains(one.Rule.Code)).Select(one => new Api.UnjudgedRule(one.Rule.Code, one.Rule.Title, one.Needs, one.Detail))],
            subject.Code is null ? null
                : [.. ServiceOutline.Of(subject).Select(one => new Api.ServiceSource(one.Service, one.Types, one.CodeLines, [.. one.Entries.Select(entry => new Api.CodeEntry(entry.Kind, entry.Name, ShownFindings.PlaceOf(entry.Place)!))]))]);
    }

    private static Api.MapContext ContextOf(SystemModel model, string name, BoundedContext context) => new(
        name,
        context.Kind switch { ContextKind.Core => Api.ContextKind.Core, ContextKind.Supporting => Api.ContextKind.Supporting, ContextKind.Generic => Api.ContextKind.Generic, _ => null },
        context.Capability, context.Team, context.Description,
        [.. model.Services.Where(service => service.Value.Context == name).Select(service => service.Key)],
        [.. context.Language.Select(term => new Api.Term(term.Key, term.Value))]);

    private static Api.MapRelation RelationOf(string downstream, ContextRelation relation, int index) => new(
        downstream, relation.Context, Enum.Parse<Api.ContextPattern>(relation.As.ToString()), relation.As is ContextPattern.Partnership or ContextPattern.SharedKernel or ContextPattern.SeparateWays,
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"contexts.{downstream}.upstream[{index}]"));

    private static IReadOnlyList<Api.MapDependency> Dependencies(CheckSubject subject, CheckReport report)
    {
        string? ContextOf(string service) => subject.Model.Services.TryGetValue(service, out var found) && found.Context is { } context && subject.Model.Contexts.ContainsKey(context) ? context : null;
        var crossings = ContextCrossing.Of(subject).ToLookup(one => (one.From, one.To));

        // Of a border are the rules of the map, and the one of traffic over it.
        var findings = report.Findings.Where(f => f.Between is not null && (f.Code.StartsWith("CW33", StringComparison.Ordinal) || f.Code == "CW7104"))
            .ToLookup(f => (From: ContextOf(f.Between!.From) ?? "", To: ContextOf(f.Between.To) ?? ""));
        return [.. crossings.Select(group => group.Key).Concat(findings.Select(group => group.Key)).Distinct().Where(key => key.From.Length > 0 && key.To.Length > 0)
            .OrderBy(key => key.From, StringComparer.Ordinal).ThenBy(key => key.To, StringComparer.Ordinal)
            .Select(key => new Api.MapDependency(
                key.From, key.To, crossings[key].Count(one => one.IsCall), crossings[key].Count(one => !one.IsCall),
                [.. crossings[key].Select(one => new Api.MapCrossing(one.Depends, one.On, one.Says, !one.IsCall, one.ModelPath))],
                [.. findings[key].Select(Shown)]))];
    }

    private static Api.DriftedEdge EdgeOf(DriftEdge edge) => new(
        edge.From, edge.To, edge.Kind, edge.Declared, edge.Seen, edge.Protocols, edge.IsMessage, edge.Coverage, edge.Named, [.. edge.Findings.Select(Shown)], edge.Suppressed.Count == 0 ? null : edge.Suppressed[0].Reason);

    private static Api.Finding Shown(Conway.Findings.Finding finding) => ShownFindings.Of(finding, null);
}
