using Conway.Checks.Drift;

namespace Conway.Checks.Tests;

/// <summary>Each edge gets what the checks found of it, and nothing else.</summary>
public sealed class DriftTests
{
    private const string Shop = """
        conway: 1
        system: shop
        contexts: { selling: { upstream: [{ context: archive, as: separate-ways }] }, archive: {} }
        services:
          orders: { command: a, context: selling, calls: { catalog: { timeout: 300ms }, payments: { timeout: 1s, protocol: grpc } } }
          catalog: { command: b, context: selling, calls: { shipping: { timeout: 1s } } }
          payments: { command: c, calls: { catalog: { timeout: 1s } } }
          shipping: { command: d }
          attic: { command: e, context: archive }
        """;

    private const string Traffic = """
        orders POST /orders x3
          catalog GET /products
          shipping GET /fees
          payments POST /pay
        attic GET /old
          orders GET /orders
        """;

    [Fact]
    public void Every_edge_is_of_the_kind_that_its_gravest_finding_says()
    {
        var edges = Edges(Shop, Traffic);

        Assert.Equal(
            [
                "attic orders Forbidden - 1", "catalog shipping Unexercised http 0", "orders catalog Agrees http 3", "orders payments Protocol grpc 3", "orders shipping Undeclared - 3",
                "payments catalog Unexercised http 0",
            ],
            edges.Select(e => $"{e.From} {e.To} {e.Kind} {e.Declared ?? "-"} {e.Seen}"));
        Assert.All(edges, e => Assert.Equal(e.Kind == DriftKind.Agrees, e.Findings.Count == 0));
        Assert.Equal(["CW7101", "CW7104"], edges[0].Findings.Select(f => f.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Without_a_run_and_without_source_nothing_is_judged_and_nothing_was_seen()
    {
        var edges = Edges(Shop, null);

        Assert.Equal(["catalog shipping", "orders catalog", "orders payments", "payments catalog"], edges.Select(e => $"{e.From} {e.To}"));
        Assert.All(edges, e => Assert.Equal((DriftKind.NotJudged, null, null, null), (e.Kind, e.Seen, e.Coverage, e.Named)));
    }

    [Fact]
    public void What_somebody_has_decided_not_to_be_told_is_accepted_with_the_reason()
    {
        var edge = Assert.Single(Edges(Shop + "\nsuppress:\n  - { finding: CW7101, at: services.orders, reason: on trial }\n", Traffic), e => e is { From: "orders", To: "shipping" });

        Assert.Equal((DriftKind.Accepted, "on trial"), (edge.Kind, Assert.Single(edge.Suppressed).Reason));
    }

    private static IReadOnlyList<DriftEdge> Edges(string yaml, string? traffic)
    {
        var subject = new CheckSubject(Checking.Read(yaml).Model) { Observed = traffic is null ? null : Tests.Traffic.Run(traffic) };
        return DriftEdges.Of(subject, CheckCatalog.Judge(subject, []));
    }
}
