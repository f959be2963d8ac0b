namespace Conway.Cli.Tests;

/// <summary>Small models that stand for a situation.</summary>
internal static class Models
{
    /// <summary>Nothing to say about it but notes.</summary>
    public const string Clean = """
        conway: 1
        system: shop
        teams: { checkout: {} }
        services:
          orders:
            team: checkout
            command: node orders.js
            health: /health
            calls: { catalog: 300ms }
            slo: { availability: 99.9% }
          catalog:
            team: checkout
            command: node catalog.js
            health: /health
            owns: [catalog-db]
            slo: { availability: 99.9% }
        gateway:
          routes:
            - { path: "/api/orders/**", to: orders }
        """;

    /// <summary>Reads, but a check finds an error.</summary>
    public static string Unwise { get; } = Clean.Replace("calls: { catalog: 300ms }", "api: { budget: 100ms }\n    calls: { catalog: 300ms }", StringComparison.Ordinal);

    /// <summary>Reads, but a check warns.</summary>
    public static string Careless { get; } = Clean.Replace("calls: { catalog: 300ms }", "calls: [catalog]", StringComparison.Ordinal);

    /// <summary>Cannot be read without errors.</summary>
    public static string Broken { get; } = Clean.Replace("catalog: 300ms", "catalogue: 300ms", StringComparison.Ordinal);
}
