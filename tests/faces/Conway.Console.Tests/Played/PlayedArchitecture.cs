using Conway.Checks;
using Conway.Observations;
using Conway.Reader;

namespace Conway.Console.Tests.Played;

/// <summary>The model behind a played system, with a context map, and a run of it: judged by the checks as any other.</summary>
internal static class PlayedArchitecture
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 21, 22, 15, 30, TimeSpan.Zero);

    /// <param name="services">What the system is made of.</param>
    /// <param name="trouble">It does what nobody declared.</param>
    /// <param name="quiet">Nothing has happened in it.</param>
    /// <param name="look">What to look at.</param>
    public static Inspection Look(PlayedService[] services, bool trouble, bool quiet, IReadOnlyCollection<string> look)
    {
        var tree = new MemoryFileTree(new Dictionary<string, string> { ["conway.yaml"] = Text(services) });
        var read = ModelReader.Read(tree, "conway.yaml", new ReadOptions());
        Assert.DoesNotContain(read.Findings, finding => finding.Severity == Conway.Findings.Severity.Error);
        var traces = look.Contains("traces");
        var subject = new CheckSubject(read.Model) { Observed = traces && !quiet ? Run(services, trouble) : null };
        var report = CheckCatalog.Judge(subject, []);
        return new(subject, report with { Findings = read.Map.Place(report.Findings) })
        {
            Missing = traces && quiet ? ["No request of run r-20261121-221530-4f2a is on disk yet. Use the system, and look again."] : [],
        };
    }

    /// <summary>The model as text. Of the shop, one relation goes the wrong way, and two contexts that meet were to go separate ways.</summary>
    public static string Text(PlayedService[] services)
    {
        var contexts = services.Select(service => service.Context).Distinct().ToArray();
        var lines = new List<string> { "conway: 1", $"system: {(services.Length > 20 ? "estate" : "shop")}", "description: Good things for the house, from the first look to the parcel at the door.", "teams:" };
        lines.AddRange(services.Select(service => service.Team).Distinct().Select(team => $"  {team}: {{}}"));
        lines.Add("contexts:");
        foreach (var (index, context) in contexts.Index())
        {
            lines.Add($"  {context}:");
            lines.Add($"    kind: {(index % 3) switch { 0 => "core", 1 => "supporting", _ => "generic" }}");
            lines.Add($"    team: {services.First(service => service.Context == context).Team}");
            lines.Add($"    language: {{ Term{index}: what people of {context} mean by it }}");
            string[] relations = context switch
            {
                "ordering" => ["{ context: catalog, as: customer-supplier }", "{ context: payments, as: anti-corruption-layer }", "{ context: fulfilment, as: partnership }"],
                "catalog" => ["{ context: storefront, as: open-host }"],
                "storefront" => ["{ context: fulfilment, as: separate-ways }", "{ context: ordering, as: conformist }"],
                _ when services.Length > 20 => [$"{{ context: {contexts[(index + 1) % contexts.Length]}, as: {(index % 4) switch { 0 => "open-host", 1 => "published-language", 2 => "shared-kernel", _ => "customer-supplier" }} }}"],
                _ when services.Length < 7 && index > 0 => [$"{{ context: {contexts[0]}, as: anti-corruption-layer }}"],
                _ => [],
            };
            if (relations.Length > 0)
            {
                lines.Add($"    upstream: [{string.Join(", ", relations)}]");
            }
        }

        lines.Add("services:");
        foreach (var service in services)
        {
            lines.Add($"  {service.Name}:");
            lines.Add($"    description: {service.Description}");
            lines.Add($"    context: {service.Context}");
            lines.Add($"    team: {service.Team}");
            lines.Add($"    command: node {service.Name}.js");
            lines.Add($"    replicas: {service.Replicas}");
            if (service.Calls.Length > 0)
            {
                lines.Add($"    calls: {{ {string.Join(", ", service.Calls.Select(callee => $"{callee}: {{ timeout: 300ms }}"))} }}");
            }

            if (service.Name is "orders" or "catalog" or "inventory")
            {
                lines.Add($"    owns: {{ {service.Name}-db: {{ tables: [{service.Name}, {service.Name}_lines] }} }}");
            }

            if (service.Name == "orders")
            {
                lines.Add("    api: { rest: openapi.json, versions: [v1, v2], budget: 800ms }");
                lines.Add("    publishes: { OrderPlaced: { topic: orders, key: orderId } }");
            }

            if (service.Name == "shipping")
            {
                lines.Add("    consumes: [OrderPlaced]");
            }
        }

        lines.Add("gateway: { routes: [");
        lines.AddRange(services.Take(4).Select(service => $"  {{ path: \"/api/{service.Name}/**\", to: {service.Name} }},"));
        lines.Add("] }");
        lines.Add("journeys:");
        lines.Add("  buy:");
        lines.Add("    description: Somebody fills a basket, pays and waits for the parcel.");
        lines.Add($"    steps: [{{ get: /api/{services[0].Name}/page }}, {{ post: /api/{services[Math.Min(3, services.Length - 1)].Name}/orders }}]");
        if (services.Any(service => service.Name == "payments"))
        {
            lines.Add("jobs:");
            lines.Add("  settle: { service: payments, schedule: \"0 2 * * *\", zone: Europe/Paris }");
            lines.Add("broker: { kafka: \"broker:9092\" }");
        }

        return string.Join('\n', lines) + "\n";
    }

    /// <summary>Each service answers and makes what it declares, the second call of each apart; the first one calls a stranger; in trouble one of them by another protocol.</summary>
    private static ObservedRun Run(PlayedService[] services, bool trouble)
    {
        List<ObservedSpan> spans = [];
        foreach (var (index, service) in services.Index())
        {
            var trace = index.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
            spans.Add(Span(trace, "a", "", service.Name, SpanSide.Server, $"GET /{service.Name}", "http"));
            string[] callees = [.. service.Calls.Where((_, at) => at != 1), .. index == 0 && services.Length > 5 ? [services[5].Name] : Array.Empty<string>()];
            foreach (var (at, callee) in callees.Index())
            {
                var protocol = trouble && service.Name == "orders" && at == 0 ? "grpc" : "http";
                spans.Add(Span(trace, $"b{at}", "a", service.Name, SpanSide.Client, $"GET /{callee}", protocol) with { Peer = callee });
                spans.Add(Span(trace, $"c{at}", $"b{at}", callee, SpanSide.Server, $"GET /{callee}", protocol));
            }
        }

        return new ObservedRun { Run = "r-20261121-221530-4f2a", Spans = spans };
    }

    private static ObservedSpan Span(string trace, string id, string parent, string service, SpanSide side, string operation, string protocol) => new()
    {
        Trace = trace,
        Id = id,
        Parent = parent,
        Service = service,
        Side = side,
        Operation = operation,
        Protocol = protocol,
        Start = Begin,
        Duration = TimeSpan.FromMilliseconds(12),
    };
}
