using Conway.Checks.Observed;
using Conway.Checks.Rules;
using Conway.Findings;

namespace Conway.Checks.Drift;

/// <summary>Lays what is declared, what was seen and what the source names over each other, edge by edge.</summary>
/// <remarks>It judges nothing by itself: what goes apart is what the checks CW7101 to CW7107 have found, each put to its edge.</remarks>
public static class DriftEdges
{
    // The gravest first.
    private static readonly (string Code, DriftKind Kind)[] Kinds =
    [
        (new ForbiddenCrossing().Rule.Code, DriftKind.Forbidden),
        (new UndeclaredCall().Rule.Code, DriftKind.Undeclared),
        (new WrongProtocol().Rule.Code, DriftKind.Protocol),
        (new UndeclaredInCode().Rule.Code, DriftKind.UndeclaredInCode),
        (new UnexercisedCall().Rule.Code, DriftKind.Unexercised),
        (new UnmadeInCode().Rule.Code, DriftKind.UnmadeInCode),
    ];

    /// <summary>Codes of the rules that tell drift.</summary>
    public static IReadOnlyList<string> Codes { get; } = [.. Kinds.Select(k => k.Code).Append(new LittleSeen().Rule.Code).Order(StringComparer.Ordinal)];

    /// <summary>Every edge between two services that is declared, was seen, or is named by a source; by caller, then callee.</summary>
    /// <param name="subject">The system.</param>
    /// <param name="report">What <see cref="CheckCatalog.Judge"/> said of it.</param>
    public static IReadOnlyList<DriftEdge> Of(CheckSubject subject, CheckReport report)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(report);
        var looked = subject.Observed is not null && SeenTraffic.Lack(subject) is null;
        var seen = (looked ? subject.Edges : []).Where(e => e.Caller != ObservedEdge.Gateway).ToDictionary(e => (e.Caller, e.Callee));
        var sources = subject.Addresses is null || subject.Named.Lack() is not null ? null : subject.Named;
        var named = (sources?.Services ?? []).SelectMany(s => sources!.In(s)).GroupBy(n => (n.Caller, n.Callee)).ToDictionary(g => g.Key, g => g.Count());
        var declared = subject.Calls.Edges.ToDictionary(e => (e.Caller, e.Callee));
        var found = report.Findings.Where(IsDrift).ToLookup(f => (f.Between!.From, f.Between.To));
        var suppressed = report.Suppressed.Where(s => IsDrift(s.Finding)).ToLookup(s => (s.Finding.Between!.From, s.Finding.Between.To));
        return [.. declared.Keys.Concat(seen.Keys).Concat(named.Keys).Distinct()
            .OrderBy(k => k.Item1, StringComparer.Ordinal).ThenBy(k => k.Item2, StringComparer.Ordinal)
            .Select(key =>
            {
                var edge = seen.GetValueOrDefault(key);
                var call = declared.GetValueOrDefault(key);
                var kept = found[key].ToArray();
                return new DriftEdge(key.Item1, key.Item2)
                {
                    Declared = call is null ? null : call.Call.Protocol == Model.CallProtocol.Grpc ? "grpc" : "http",
                    Seen = looked ? edge?.Count ?? 0 : null,
                    Protocols = [.. (edge?.Calls ?? []).Select(c => c.Protocol).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                    IsMessage = edge?.IsMessage ?? false,
                    Coverage = looked ? subject.Traffic.CoverageTo(key.Item2) : null,
                    Named = sources?.FilesOf(key.Item1) > 0 ? named.GetValueOrDefault(key) : null,
                    Findings = kept,
                    Suppressed = [.. suppressed[key]],
                    Kind = KindOf(kept) ?? (suppressed[key].Any() ? DriftKind.Accepted
                        : edge is not null || call is null || named.ContainsKey(key) ? DriftKind.Agrees
                        : looked ? DriftKind.NotSeen : DriftKind.NotJudged),
                };
            })];
    }

    private static bool IsDrift(Finding finding) => finding.Between is not null && Kinds.Any(k => k.Code == finding.Code);

    // What is not declared and told by nobody is a message whose event is declared.
    private static DriftKind? KindOf(IReadOnlyList<Finding> found)
    {
        foreach (var (code, kind) in Kinds)
        {
            if (found.Any(f => f.Code == code))
            {
                return kind;
            }
        }

        return null;
    }
}
