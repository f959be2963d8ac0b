using Conway.Console.Api;

namespace Conway.Console.Tests.Played;

/// <summary>The model of a played system and what is to be said about it.</summary>
internal static class PlayedModel
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 21, 22, 15, 30, TimeSpan.Zero);

    public static string Text(bool trouble) => $$"""
        # yaml-language-server: $schema=.conway/schema.json
        conway: 1
        system: shop
        include: [teams.yaml]
        contexts:
          catalog: { kind: core, team: shopping }
          ordering: { kind: core, team: checkout }
        services:
          catalog:
            context: catalog
            project: src/Catalog
            replicas: 2
          orders:
            context: ordering
            project: src/Orders
            api: { rest: openapi.json, budget: 800ms }
            calls:
              catalog: { timeout: 300ms, retries: 2, required: true }
              payments: { timeout: 2s, retries: 2 }
              {{(trouble ? "inventry" : "inventory")}}: { timeout: 300ms, required: true }
          shipping:
            command: node server.js

        """;

    public static IReadOnlyList<Finding> Findings(bool trouble, bool quiet) => quiet ? [] :
    [
        new("CW2201", FindingSeverity.Info, "No service level objective", "'shipping' has no slo.", "Nobody can say whether it is too slow.", "Add slo: { availability: 99.9% } to shipping.", "services.shipping", new("conway.yaml", 21, 3, 8), "  shipping:", Begin, null, null, null, [], "f-slo"),
        new("CW2104", FindingSeverity.Warning, "Timeout over the caller's budget", "'orders' waits up to 2 s for 'payments', but its own budget is 800 ms.", "Callers of 'orders' will have given up before 'payments' is allowed to answer.", "Lower the timeout of orders -> payments below 800 ms, or raise the budget of 'orders'.", "services.orders.calls.payments.timeout", new("conway.yaml", 19, 19, 11), "      payments: { timeout: 2s, retries: 2 }", Begin,
            "'payments' is only called where nobody waits", new(2000, 800, "ms"), "set services.orders.calls.payments.timeout: 800ms", [new("the budget of 'orders' is 800 ms", new("conway.yaml", 16, 36, 5), null), new("orders -> payments once", new("src/Orders/Payments.cs", 41, 9, 12), null)], "f-budget"),
        new("CW7001", FindingSeverity.Info, "Undeclared call", "'storefront' calls 'inventory', which the model does not declare.", "Nobody reviewed this dependency, and no timeout or retry applies to it.", "Declare storefront.calls.inventory, or stop calling it.", "services.storefront.calls", null, null, Begin.AddMinutes(1),
            null, null, null, [new($"storefront -> inventory GET /stock/{{id}} in trace {PlayedTelemetry.FailedTrace}", null, PlayedTelemetry.FailedTrace)], null),
        .. trouble ? [new Finding("CW1203", FindingSeverity.Error, "Unknown service", "'orders' calls 'inventry', which is not a service.", "The call cannot be routed.", "Did you mean 'inventory'?", "services.orders.calls.inventry", new("conway.yaml", 20, 7, 8), "      inventry: { timeout: 300ms, required: true }", Begin, null, null, null, [], "f-unknown")] : Array.Empty<Finding>(),
    ];

    /// <summary>Two days in which findings came and went; one came back, one is gone for good.</summary>
    public static FindingHistory History(bool trouble, bool quiet) => quiet ? new([], [], null) : new(
        [.. Enumerable.Range(0, 140).Select(index => new FindingPoint(Begin.AddMinutes(20 * (index - 140)), index < 90 ? "r-20261120-101500-9b1c" : "r-20261121-221530-4f2a", index / 30 % 2, 1 + (index % 7), 3 + (index % 5)))],
        [
            new("f-budget", "CW2104", FindingSeverity.Warning, "services.orders.calls.payments.timeout", "'orders' waits up to 2 s for 'payments', but its own budget is 800 ms.", Begin.AddDays(-1), Begin, null, 1),
            new("f-slo", "CW2201", FindingSeverity.Info, "services.shipping", "'shipping' has no slo.", Begin.AddDays(-2), Begin, null, 0),
            new("f-cycle", "CW2101", FindingSeverity.Error, "circle of basket, catalog", "Services call each other in a circle: basket -> catalog -> basket.", Begin.AddDays(-2), Begin.AddHours(-3), Begin.AddHours(-3), 2),
        ],
        trouble ? "The history of findings is not kept on disk (No space left on device); findings are told as before, and it is written as soon as that is possible." : null);

    public static Rule? Rule(string code) => code == "CW2104"
        ? new(code, "Timeout over the caller's budget", """
            # CW2104 Timeout over the caller's budget

            Callers stop waiting after their own *budget*; what a callee answers later is work for nobody.

            ## How to mend it

            - Lower the timeout.
            - Or raise the budget of the caller.

            ```yaml
            services: { orders: { api: { budget: 800ms }, calls: { payments: { timeout: 2s } } } }   # found here
            ```
            """)
        : null;

    public static Explanation? Explain(string path) => path.StartsWith("services.", StringComparison.Ordinal)
        ? new(path, "How long a caller waits for one attempt of this call.", "duration", "1s", "300ms", new("conway.yaml", 18, 18, 14), "300ms", "1ms to 5m")
        : null;
}
