using System.Text;
using Conway.Findings;
using Conway.Reader;

namespace Conway.Checks.Tests;

public sealed class ConformanceTests
{
    private const string Shop = """
        conway: 1
        system: shop
        contexts: { selling: { upstream: [{ context: archive, as: separate-ways }] }, archive: {} }
        services:
          orders: { command: a, context: selling, publishes: [OrderPlaced], calls: { catalog: { timeout: 300ms }, payments: { timeout: 1s, protocol: grpc } } }
          catalog: { command: b, context: selling }
          payments: { command: c, calls: [catalog] }
          shipping: { command: d, consumes: [OrderPlaced] }
          attic: { command: e, context: archive }
        """;

    [Fact]
    public void A_call_that_is_not_declared_is_told_with_a_timeout_from_what_was_seen()
    {
        var finding = Only("CW7101", "orders POST /orders x4\n  shipping GET /fees in 70ms");
        Assert.Equal("'orders' calls 'shipping' (4 times), and the model does not say so.", finding.Message);
        Assert.Equal("set services.orders.calls.shipping: { timeout: 200ms }", finding.Patch!.ToString());
        Assert.Equal("orders -> shipping GET /fees in trace 00000000000000000000000000000001", Assert.Single(finding.Evidence).Text);
        Assert.Equal(Severity.Warning, finding.Severity);
    }

    [Fact]
    public void Where_only_declared_calls_are_allowed_it_is_an_error() =>
        Assert.Equal(Severity.Error, Only("CW7101", "orders POST /orders\n  shipping GET /fees", Shop + "\npolicies: { default-deny: true }\n").Severity);

    [Fact]
    public void A_message_of_an_event_that_is_consumed_is_declared() =>
        Assert.Empty(Found("CW7101", "orders POST /orders\n  shipping OrderPlaced by kafka"));

    [Fact]
    public void A_message_that_nobody_declares_is_told() =>
        Assert.Equal("'catalog' takes messages of 'orders' (once), and no event of its is among what it consumes.", Only("CW7101", "orders POST /orders\n  catalog OrderPlaced by kafka").Message);

    [Fact]
    public void What_the_gateway_and_callers_outside_of_the_model_do_is_not_told() =>
        Assert.Empty(Found("CW7101", "gateway GET /api\n  attic GET /x\nbrowser GET /\n  attic GET /x"));

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_service_that_asks_another_one_through_the_gateway_calls_it(int attempts)
    {
        const string Around = "gateway POST /api/orders x3\n  orders POST /orders\n    gateway GET /api/fees\n      shipping GET /fees";
        var finding = Assert.Single(CheckCatalog.Check(Subject(Shop, Traffic.Run(Around, attempts))), f => f.Code == "CW7101");
        Assert.Equal("'orders' calls 'shipping' (3 times), and the model does not say so.", finding.Message);
        Assert.EndsWith(", through the gateway", Assert.Single(finding.Evidence).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Found("CW7102", "gateway POST /o\n  orders POST /o\n    gateway GET /api/p\n      catalog GET /p"), f => f.ModelPath == "services.orders.calls.catalog");
    }

    /// <summary>An order that is taken and worked on later: the calls carry its trace, and nobody waits for them.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void What_is_called_after_the_answer_was_given_is_not_called_for_the_request(int attempts)
    {
        const string Yaml = """
            conway: 1
            system: shop
            services:
              orders: { command: a, calls: { one: 1s, two: 1s, three: 1s, four: 1s, five: 1s } }
              one: { command: b }
              two: { command: c }
              three: { command: d }
              four: { command: e }
              five: { command: f }
            """;
        var run = Traffic.Run("orders POST /orders x20\n  one PUT /x\n  two PUT /x\n  three PUT /x\n  four PUT /x\n  five PUT /x", attempts);
        string[] waited = ["CW2302", "CW3107"];
        Assert.Equal(waited, CheckCatalog.Check(Subject(Yaml, run)).Select(f => f.Code).Where(waited.Contains).Distinct().Order(StringComparer.Ordinal));
        var later = run with { Spans = [.. run.Spans.Select(s => s.Side == Observations.SpanSide.Server && s.Service == "orders" ? s : s with { Start = s.Start.AddSeconds(1) })] };
        Assert.DoesNotContain(CheckCatalog.Check(Subject(Yaml, later)), f => waited.Contains(f.Code) || f.Code is "CW7101" or "CW7102");
    }

    [Fact]
    public void A_declared_call_of_a_working_service_that_was_not_made_is_told_with_the_edit_that_removes_it()
    {
        var finding = Assert.Single(Found("CW7102", "orders POST /orders x3\n  payments Pay by grpc"), f => f.ModelPath!.StartsWith("services.orders", StringComparison.Ordinal));
        Assert.Equal("'orders' was at work (3 requests) and did not call 'catalog', as declared.", finding.Message);
        Assert.Equal("remove services.orders.calls.catalog", finding.Patch!.ToString());
    }

    [Fact]
    public void A_service_that_nobody_asked_for_anything_is_not_judged_by_what_it_did_not_call() =>
        Assert.DoesNotContain(Found("CW7102", "catalog GET /"), f => f.ModelPath!.StartsWith("services.payments", StringComparison.Ordinal));

    [Fact]
    public void A_call_that_only_a_listener_counted_was_made()
    {
        var run = Traffic.Run("payments Pay x3") with
        {
            Listeners = [new() { From = default, Until = default, Caller = "payments", Callee = "catalog", Protocol = "http", Operation = "GET", Count = 7, Errors = 0, Latency = default, Source = Observations.TrafficSource.Listener }],
        };
        Assert.DoesNotContain(CheckCatalog.Check(Subject(Shop, run)), f => f.Code == "CW7102" && f.ModelPath == "services.payments.calls.catalog");
    }

    [Fact]
    public void Another_protocol_than_declared_is_told()
    {
        var finding = Only("CW7103", "orders POST /orders x3\n  payments POST /pay");
        Assert.Equal("'orders' calls 'payments' by http (3 of 3 times), and grpc is declared.", finding.Message);
        Assert.Equal("set services.orders.calls.payments.protocol: http", finding.Patch!.ToString());
        Assert.Null(Only("CW7103", "orders POST /orders x3\n  payments POST /pay\n  payments Pay by grpc").Patch);
    }

    [Fact]
    public void Traffic_between_contexts_that_go_separate_ways_is_an_error()
    {
        var finding = Only("CW7104", "attic GET /old\n  orders GET /orders");
        Assert.Equal("'attic' (archive) calls 'orders' (selling) once, and the two contexts go separate ways.", finding.Message);
        Assert.Equal("contexts.selling.upstream[0]", finding.ModelPath);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Attempts_of_a_listener_are_one_call(int attempts)
    {
        var finding = Assert.Single(CheckCatalog.Check(Subject(Shop, Traffic.Run("orders POST /orders x4\n  shipping GET /fees", attempts))), f => f.Code == "CW7101");
        Assert.StartsWith("'orders' calls 'shipping' (4 times)", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_in_which_nothing_happened_is_not_evaluated_and_not_fine()
    {
        var report = CheckCatalog.Judge(Subject(Shop, Traffic.Run("")), []);
        Assert.Equal("not evaluated: needs traces. Run r-test saw no request.", Assert.Single(report.NotEvaluated, n => n.Rule.Code == "CW7101").ToString());
    }

    [Fact]
    public void Without_a_run_the_rules_are_not_evaluated()
    {
        var report = CheckCatalog.Judge(new CheckSubject(Checking.Read(Shop).Model), []);
        Assert.Equal(["traces"], Assert.Single(report.NotEvaluated, n => n.Rule.Code == "CW7104").Needs);
        Assert.DoesNotContain(report.Evaluated, r => r.Code == "CW7104");
    }

    /// <summary>A system with seeded differences between model and traffic gives exactly those, also when spans are lost; then the coverage says so.</summary>
    [Theory]
    [InlineData(1, 3, 4, 0.0, 0)]
    [InlineData(2, 5, 2, 0.0, 1)]
    [InlineData(3, 0, 6, 0.0, 2)]
    [InlineData(4, 6, 0, 0.3, 0)]
    [InlineData(5, 4, 5, 0.3, 1)]
    [InlineData(6, 8, 8, 0.3, 2)]
    public void Seeded_differences_are_found_exactly(int seed, int undeclared, int dead, double loss, int attempts)
    {
        var system = SeededSystem.Make(seed, undeclared, dead);
        var run = Traffic.Lossy(Traffic.Run(system.Traffic, attempts), loss, seed);
        var report = CheckCatalog.Judge(Subject(system.Yaml, run), []);
        Assert.Equal(system.Undeclared, report.Findings.Where(f => f.Code == "CW7101").Select(f => f.Subject!.Replace(" calls ", " -> ", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(system.Dead, report.Findings.Where(f => f.Code == "CW7102").Select(f => f.ModelPath!["services.".Length..].Replace(".calls.", " -> ", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(loss > 0, report.Findings.Any(f => f.Code == "CW7105"));
        Assert.InRange(report.Traffic!.SpanLoss, loss - 0.06, loss + 0.06);
        Assert.InRange(report.Traffic.Coverage, loss == 0 ? 1 : 0.6, loss == 0 ? 1 : 0.8);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_suggested_edits_make_the_model_say_what_happens(int seed)
    {
        var system = SeededSystem.Make(seed, undeclared: 4, dead: 3);
        var run = Traffic.Run(system.Traffic);
        var yaml = system.Yaml;
        foreach (var patch in CheckCatalog.Check(Subject(yaml, run)).Where(f => f.Code is "CW7101" or "CW7102").Select(f => f.Patch!))
        {
            var tree = new MemoryFileTree(new Dictionary<string, ReadOnlyMemory<byte>> { ["conway.yaml"] = Encoding.UTF8.GetBytes(yaml) });
            var outcome = patch.Change == PatchChange.Remove ? ModelEditor.Remove(tree, "conway.yaml", patch.Path) : ModelEditor.Set(tree, "conway.yaml", patch.Path, patch.Yaml);
            Assert.Null(outcome.Problem);
            yaml = outcome.Text!;
        }

        Assert.DoesNotContain(CheckCatalog.Check(Subject(yaml, run)), f => f.Code is "CW7101" or "CW7102");
    }

    private static Finding Only(string code, string traffic, string yaml = Shop) => Assert.Single(Found(code, traffic, yaml));

    private static Finding[] Found(string code, string traffic, string yaml = Shop) => [.. CheckCatalog.Check(Subject(yaml, Traffic.Run(traffic))).Where(f => f.Code == code)];

    private static CheckSubject Subject(string yaml, Observations.ObservedRun run) => new(Checking.Read(yaml).Model) { Observed = run };

    /// <summary>A system whose traffic and model differ in known places.</summary>
    private sealed record SeededSystem(string Yaml, string Traffic, IReadOnlyList<string> Undeclared, IReadOnlyList<string> Dead)
    {
        public static SeededSystem Make(int seed, int undeclared, int dead)
        {
            var random = new Random(seed);
            var services = Enumerable.Range(0, 12).Select(i => $"s{i:00}").ToArray();
            var pairs = (from a in services from b in services where string.CompareOrdinal(a, b) < 0 select (a, b)).ToArray();
            random.Shuffle(pairs);
            var (extra, idle, both) = (pairs[..undeclared], pairs[undeclared..(undeclared + dead)], pairs[(undeclared + dead)..(undeclared + dead + 14)]);
            var declared = idle.Concat(both).ToLookup(p => p.a, p => p.b);
            var made = extra.Concat(both).ToLookup(p => p.a, p => p.b);
            var yaml = "conway: 1\nsystem: s\nservices:\n" + string.Concat(services.Select(s =>
                $"  {s}:\n    command: {s}\n" + (declared[s].Any() ? $"    calls:\n{string.Concat(declared[s].Select(c => $"      {c}: {{ timeout: 1s }}\n"))}" : "")));
            var traffic = string.Concat(services.Select(s => $"gateway GET /{s} x30\n  {s} GET /\n{string.Concat(made[s].Select(c => $"    {c} GET /{c}\n"))}"));
            return new SeededSystem(yaml, traffic, Names(extra), Names(idle));
        }

        private static string[] Names(IEnumerable<(string A, string B)> pairs) => [.. pairs.Select(p => $"{p.A} -> {p.B}").Order(StringComparer.Ordinal)];
    }
}
