using Conway.CodeFacts;
using Conway.GitFacts;
using Conway.Migration.Plans;

namespace Conway.Migration.Tests;

/// <summary>What a plan holds, beside a shop in which everything that goes across is known.</summary>
public sealed class PlannerTests
{
    private static readonly MigrationPlan Plan = Some.Plan(Some.Shop());

    [Fact]
    public void Three_phases_come_before_one_for_each_service_and_a_part_without_entries_and_tables_is_a_library()
    {
        Assert.Equal(["baseline", "facade", "modularise"], Plan.Phases.Take(3).Select(p => p.Id));
        Assert.Equal(["orders", "reports", "stock", "users"], Plan.Phases.Skip(3).Select(p => p.Id).Order(StringComparer.Ordinal));
        Assert.Equal(Enumerable.Range(0, 7), Plan.Phases.Select(p => p.Number));
        Assert.Equal("sums", Assert.Single(Plan.Libraries).Name);
    }

    [Fact]
    public void What_says_who_somebody_is_does_not_leave_first_even_with_the_best_score()
    {
        var users = Some.Phase(Plan, "users");
        Assert.NotEqual("users", Plan.Phases[3].Id);
        Assert.Contains("after orders, whose queries join on its data", string.Join('\n', users.Order!.Because), StringComparison.Ordinal);
        Assert.Equal(["orders"], users.Needs);

        // Nothing joins on it, and everything weighs the same: by the alphabet it would be first.
        var files = Some.ShopFiles.Where(f => f.Key is "src/Users.cs" or "src/Context.cs").Select(f => (f.Key, f.Value.Replace("Shop.Users", "Shop.Account", StringComparison.Ordinal)));
        var none = new OrderWeights { InDegree = 0, Criticality = 0 };
        var alone = Planner.Make(Some.Shop([.. files, ("src/Orders.cs", "namespace Shop.Orders; public class Order { public int Id { get; set; } }")]), none, CancellationToken.None);
        Assert.Equal("orders", alone.Phases[3].Id);
        Assert.Contains("not first: by its name (account) it says who somebody is, and all others ask it", Some.Phase(alone, "account").Order!.Because);
    }

    [Fact]
    public void A_component_that_is_not_known_has_no_count_and_is_said()
    {
        Assert.All(Plan.Phases.Skip(3), p => Assert.All(p.Order!.Parts.Where(o => o.Part is "change-frequency" or "scaling-gap" or "team-demand" or "defects" or "untested"), o => Assert.Null(o.Count)));
        Assert.All(Plan.Phases.Skip(3), p => Assert.Equal(100, p.Order!.Value));
        Assert.Equal(["change frequency", "scaling gap", "team demand", "defects", "tests of its use cases"], Plan.NotKnown.Select(n => n.Split(':')[0]));
    }

    [Fact]
    public void Score_is_value_over_risk_and_both_are_sums_of_their_points()
    {
        foreach (var order in Plan.Phases.Skip(3).Select(p => p.Order!))
        {
            Assert.Equal(100 + order.Parts.Where(p => p.Of == "risk").Sum(p => p.Points ?? 0), order.Risk);
            Assert.Equal(1000 * order.Value / order.Risk, order.Score);
        }
    }

    [Fact]
    public void Weights_change_the_order_and_nothing_of_a_weight_of_nothing_is_left()
    {
        var none = new OrderWeights { Transactions = 0, SharedTables = 0, ForeignKeys = 0, InDegree = 0, Criticality = 0, Untested = 0, Contested = 0 };
        Assert.All(Planner.Make(Some.Shop(), none, CancellationToken.None).Phases.Skip(3), p => Assert.Equal(100, p.Order!.Risk));
    }

    [Fact]
    public void What_changed_in_the_newest_ninety_days_counts_for_the_service_of_its_files()
    {
        var now = new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero);
        GitFile[] files = [new("src/Orders.cs", 3, 0, now), new("src/Stock.cs", 1, 0, now)];
        var history = new GitHistory
        {
            Head = new string('a', 40),
            Files = [.. files],
            Commits = [new("c1", 0, now, [0]), new("c2", 0, now - TimeSpan.FromDays(89), [0, 1]), new("c3", 0, now - TimeSpan.FromDays(91), [0])],
        };
        var plan = Some.Plan(Some.Shop() with { History = history });
        Assert.Equal(2, Count("orders"));
        Assert.Equal(1, Count("stock"));
        Assert.Equal(0, Count("reports"));
        Assert.Equal(300, Some.Phase(plan, "orders").Order!.Value);
        Assert.DoesNotContain(plan.NotKnown, n => n.StartsWith("change frequency", StringComparison.Ordinal));

        int? Count(string service) => Some.Phase(plan, service).Order!.Parts.Single(p => p.Part == "change-frequency").Count;
    }

    [Fact]
    public void A_slice_lists_its_routes_with_who_answers_them_and_whether_they_write()
    {
        var routes = Some.Phase(Plan, "orders").Slice!.Routes;
        Assert.Equal(["GET /orders OrdersController.List False src/Orders.cs:20", "POST /orders OrdersController.Place True src/Orders.cs:21"], routes.Select(r => $"{r.Method} {r.Path} {r.Handler} {r.Writes} {r.At}"));
    }

    [Fact]
    public void A_read_that_writes_goes_over_with_the_writes()
    {
        var plan = Some.Plan(Some.Shop(("src/Stock.cs", Some.ShopFiles["src/Stock.cs"].Replace("=> context.Items.FirstAsync(i => i.Id == id);\n}", "{ context.Items.Add(new Item()); return context.Items.FirstAsync(i => i.Id == id); }\n}", StringComparison.Ordinal))));
        Assert.True(Assert.Single(Some.Phase(plan, "stock").Slice!.Routes).Writes);
        Assert.False(Assert.Single(Some.Phase(Plan, "stock").Slice!.Routes).Writes);
    }

    [Fact]
    public void Jobs_move_with_their_service_before_the_soak_ends()
    {
        var reports = Some.Phase(Plan, "reports");
        Assert.Equal("hosted", Assert.Single(reports.Slice!.Background).Kind);
        Assert.Contains(reports.Steps, s => s.Id == "reports.background");
    }

    [Fact]
    public void Calls_into_a_service_name_every_place_and_the_member_is_in_its_interface()
    {
        var stock = Some.Phase(Plan, "stock").Slice!;
        var call = Assert.Single(stock.CallsIn);
        Assert.Equal("orders OrderService.PlaceAsync -> StockService.ReserveAsync src/Orders.cs:12", $"{call.With} {call.What} {string.Join(' ', call.At)}");
        Assert.Equal("IStock", stock.Interface!.Name);
        Assert.Contains("ReserveAsync(int id)", Assert.Single(stock.Interface.Members).Signature, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_reads_a_table_from_outside_is_listed_with_what_it_does_instead()
    {
        var orders = Some.Phase(Plan, "orders").Slice!;
        var reader = Assert.Single(orders.Readers);
        Assert.Equal("Orders reports NightlyReport read src/Reports.cs:7", $"{reader.Table} {reader.By} {reader.Type} {reader.Mode} {string.Join(' ', reader.At)}");
        Assert.NotEqual("", reader.Instead);
        Assert.Equal(["reports"], orders.Data.Single(d => d.Table == "Orders").UsedBy);
    }

    [Fact]
    public void A_key_a_join_and_a_transaction_are_dealt_with_once_when_the_first_of_two_leaves()
    {
        var slices = Plan.Phases.Skip(3).Select(p => p.Slice!).ToArray();
        var key = Assert.Single(slices.SelectMany(s => s.Keys));
        Assert.Equal("Order.User -> User src/Orders.cs:6", $"{key.From} -> {key.To} {key.At}");
        Assert.Equal(["Orders", "Users"], Assert.Single(slices.SelectMany(s => s.Joins)).Tables);
        var transaction = Assert.Single(slices.SelectMany(s => s.Transactions));
        Assert.Equal("POST /orders", transaction.UseCase);
        Assert.Equal("together Order Item", transaction.OrTogether);
        Assert.Equal(1, transaction.Saves);
        Assert.Equal(["orders False", "stock True"], transaction.Steps.Select(s => $"{s.Service} {s.Pivot}"));
        Assert.All(transaction.Steps, s => Assert.Null(s.Undo));
    }

    [Fact]
    public void A_table_with_amounts_has_a_gate_on_their_sum()
    {
        var orders = Some.Phase(Plan, "orders").Slice!;
        Assert.Equal(["Total"], orders.Data.Single(d => d.Table == "Orders").Amounts);
        Assert.Equal(0, orders.Gates.Single(g => g.Id == "amounts-differ").AtMost);
        Assert.DoesNotContain(Some.Phase(Plan, "stock").Slice!.Gates, g => g.Id == "amounts-differ");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_step_has_a_way_back_and_each_table_one_owner_that_changes_once(ulong seed)
    {
        var plan = seed == 0 ? Plan : Some.Plan(Some.Planted(seed));
        var steps = plan.Phases.SelectMany(p => p.Steps).ToArray();
        Assert.Equal(steps.Length, steps.Select(s => s.Id).Distinct().Count());
        Assert.All(steps, s => Assert.True(s.RollBack.Length > 0 && s.Loss.Length > 0, s.Id));
        foreach (var phase in plan.Phases.Where(p => p.Slice is { Counts.Tables: > 0 }))
        {
            var data = phase.Steps.Where(s => s.Id.StartsWith($"{phase.Id}.data.", StringComparison.Ordinal)).ToArray();
            var moved = phase.Slice!.Data.Where(d => d.Decision == DataDecision.Move).Select(d => d.Table).ToArray();
            Assert.All(data, s => Assert.Equal(moved, s.Tables));
            Assert.Equal(["monolith", phase.Id], data.Select(s => s.Owner!).Aggregate(new List<string>(), (all, o) => all.LastOrDefault() == o ? all : [.. all, o]));
            Assert.Equal("abcdefghijk", string.Concat(data.Select(s => s.Id.Split('.')[2]).Distinct()));
            Assert.Equal($"{phase.Id}.data.j", Assert.Single(data, s => s.PointOfNoReturn).Id);
        }

        Assert.Contains(plan.Phases, p => p.Slice is { Counts.Tables: > 0 });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Everything_that_goes_across_a_planted_cut_is_in_the_plan_once(ulong seed)
    {
        var subject = Some.Planted(seed);
        var slices = Some.Plan(subject).Phases.Where(p => p.Slice is not null).Select(p => p.Slice!).ToArray();
        var (code, table) = (subject.Code, subject.ServiceOfTable);
        Assert.Equal(code.Relations.Count(r => r.Kind != RelationKind.Owned && table[code.Entities[r.From].Table] != table[code.Entities[r.To].Table]), slices.Sum(s => s.Keys.Count));
        Assert.Equal(code.Joins.Count(j => table[j.Left] != table[j.Right]), slices.Sum(s => s.Joins.Count));
        Assert.Equal(subject.Transactions.Length, slices.Sum(s => s.Transactions.Count));
        Assert.Equal(code.Tables.Count(t => table[t.Id] != MigrationSubject.None && t.Kind != StoreTableKind.View), slices.Sum(s => s.Counts.Tables));
        Assert.NotEmpty(subject.Transactions);
        Assert.NotEqual(0, slices.Sum(s => s.Keys.Count));
        var accesses = code.Accesses.Where(a => table[a.Table] != MigrationSubject.None && table[a.Table] != subject.ServiceOfType[code.Members[a.Member].Type]);
        Assert.Equal(accesses.Select(a => (a.Table, code.Members[a.Member].Type, a.Mode, a.Place)).Distinct().Count(), slices.Sum(s => s.Readers.Sum(r => r.At.Count)));
    }

    [Fact]
    public void Needs_come_before_and_the_cost_never_falls()
    {
        foreach (var plan in new[] { Plan, Some.Plan(Some.Planted(1)) })
        {
            var numbers = plan.Phases.ToDictionary(p => p.Id, p => p.Number);
            Assert.All(plan.Phases, p => Assert.All(p.Needs, n => Assert.True(numbers[n] < p.Number)));
            Assert.Equal(plan.Phases.Select(p => p.CostSoFar.CodeLines).Order(), plan.Phases.Select(p => p.CostSoFar.CodeLines));
            Assert.Equal(plan.Phases.Sum(p => p.Slice?.Counts.Keys ?? 0), plan.Phases[^1].CostSoFar.Keys);
        }
    }
}
