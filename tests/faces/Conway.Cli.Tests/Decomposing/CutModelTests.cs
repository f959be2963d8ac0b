using System.Collections.Immutable;
using Conway.CodeFacts;
using Conway.Decomposition.Constraining;
using Conway.Decomposition.Costs;
using Conway.Findings;
using Conway.Reader;

namespace Conway.Cli.Tests.Decomposing;

public sealed class CutModelTests
{
    [Fact]
    public void Every_alternative_is_a_model_that_the_reader_takes_whole()
    {
        var proposal = SmallShop.Propose();
        Assert.All(proposal.Alternatives, alternative =>
        {
            var read = Read(CutModel.Of(proposal, alternative, ConstraintFile.Empty));
            Assert.DoesNotContain(read.Findings, f => f.Severity == Severity.Error);
            Assert.Equal(alternative.Services.Length, read.Model.Services.Count);
        });
    }

    [Fact]
    public void Names_that_no_model_allows_are_made_into_some_that_it_does()
    {
        var proposal = SmallShop.Propose();
        var cut = proposal.Alternatives[0];
        var odd = cut with { Services = [.. cut.Services.Select((s, i) => s with { Name = i % 2 == 0 ? "Prices & \"Offers\": ${env:HOME}\n" : new string('9', 90), Words = ["a\u2028b", "${secret:x}", "\ud800", "😀\\"] })] };
        var code = proposal.Code with { Name = "Ünïcode: {shop}\u0007", Tables = [.. proposal.Code.Tables.Select(t => t with { Name = "${env:HOME} 'x'\"\\😀" })] };
        var read = Read(CutModel.Of(proposal with { Code = code }, odd, ConstraintFile.Empty));
        Assert.Empty(read.Findings.Where(f => f.Severity == Severity.Error).Select(f => f.ToString()));
        Assert.Equal(cut.Services.Length, read.Model.Services.Count);
    }

    [Fact]
    public void A_team_that_constraints_name_owns_the_service_that_has_most_of_its_types()
    {
        var constraints = ConstraintFile.Parse("team Checkout Crew: Order OrderLine OrderService\n", "constraints.txt");
        constraints = constraints.Findings.IsEmpty ? constraints : ConstraintFile.Parse("team checkout: Order OrderLine OrderService\n", "constraints.txt");
        var proposal = SmallShop.Propose(new() { Constraints = constraints });
        var text = CutModel.Of(proposal, proposal.Find(proposal.Recommended)!, constraints);
        Assert.Matches("(?m)^    team: checkout", text);
        Assert.Matches("(?m)^teams:\n  checkout", text);
    }

    [Fact]
    public void Calls_that_would_close_a_circle_are_left_out_from_fewest_places_on()
    {
        var calls = CutCalls.Of([Call(0, 1, 5), Call(1, 2, 3), Call(2, 0, 1), Call(2, 1, 2), Call(0, 3, 1)]);
        Assert.Equal([(0, 1), (0, 3), (1, 2)], calls.Kept.Select(c => (c.From, c.To)));
        Assert.Equal([(2, 0), (2, 1)], calls.Left.Select(c => (c.From, c.To)));
        Assert.Equal([2, 1, 0, 0], Enumerable.Range(0, 4).Select(calls.HeightOf));
    }

    [Fact]
    public void A_path_stands_for_all_below_it_that_one_service_answers()
    {
        var routes = CutRoutes.Of(
        [
            Entry("GET", "/api/orders", 0), Entry("POST", "/api/orders/{id:int}/lines", 0),
            Entry("GET", "/api/products/{id}", 1), Entry("GET", "/api/products/{id}/reviews", 2),
            Entry("GET", "/api/carts", 0), Entry("POST", "/api/carts", 1),
            Entry("GET", "/files/{*path}", 1), Entry("GET", "/", 2),
        ]);
        Assert.Equal(
            ["/ 2", "/api/carts GET 0", "/api/carts POST 1", "/api/orders/** 0", "/api/products/* 1", "/api/products/*/reviews/** 2", "/files/** 1"],
            routes.Select(r => string.Join(' ', [r.Path, .. r.Methods, r.Service.ToString(System.Globalization.CultureInfo.InvariantCulture)])));
    }

    [Fact]
    public void Each_transaction_that_is_parted_is_a_saga_with_its_steps_in_order_and_no_compensation_that_nobody_wrote()
    {
        var proposal = SmallShop.Propose(new() { Constraints = ConstraintFile.Parse("pin Review* -> reviews\npin Product* -> catalogue\npin Order* -> orders\n", "c") });
        var cut = proposal.Find("medium")!;
        var read = Read(CutModel.Of(proposal, cut, ConstraintFile.Empty));
        Assert.DoesNotContain(read.Findings, f => f.Severity == Severity.Error);
        var parted = cut.Costs.Where(c => c.Kind == CostKind.Transaction).Select(c => c.What.Split(" writes ")[0]).Distinct().Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(["POST /api/orders", "POST /api/reviews"], parted);
        Assert.Equal(["post-api-orders", "post-api-reviews"], read.Model.Sagas.Select(s => s.Key).Order(StringComparer.Ordinal));
        var review = read.Model.Sagas.Single(s => s.Key == "post-api-reviews").Value;
        Assert.Equal("reviews", review.Owner);
        Assert.Equal(["catalogue", "reviews"], review.Steps.Select(s => s.Call.Split('.')[0]));
        Assert.All(review.Steps, s => Assert.Null(s.Undo));
    }

    [Fact]
    public void Jobs_have_the_schedule_that_the_code_shows_and_others_are_named()
    {
        var (text, read) = WithFlows();
        Assert.Equal([("mails-send", "0 4 * * *"), ("mails-sort", "0 0 * * *")], read.Model.Jobs.Select(j => (j.Key, j.Value.Schedule)).Order());
        Assert.Matches(@"(?m)^#   [a-z-]+: hosted Sweeper \(src/Mail\.cs:\d+\)$", text);
        Assert.Matches(@"(?m)^#   [a-z-]+: job Mails\.Later, TimeSpan\.FromDays\(1\) \(src/Mail\.cs:\d+\)$", text);
    }

    [Fact]
    public void Events_have_the_topics_that_the_code_names_and_their_takers()
    {
        var (_, read) = WithFlows();
        var orders = read.Model.Services.Single(s => s.Key == "orders").Value;
        var mails = read.Model.Services.Single(s => s.Key == "mails").Value;
        Assert.Equal([("OrderDto", "orders.placed"), ("RawThings", "raw-things")], orders.Publishes.Select(p => (p.Key, p.Value.Topic)).Order());
        Assert.Equal(["OrderDto", "RawThings"], mails.Consumes.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("0 2 * * *", "0 2 * * *")]
    [InlineData("*/5 8-18 * * MON-FRI", "*/5 8-18 * * MON-FRI")]
    [InlineData("Cron.Hourly()", "0 * * * *")]
    [InlineData("every day at two o'clock", null)]
    [InlineData("TimeSpan.FromDays(1)", null)]
    [InlineData("0 0 2 * * ?", null)]
    [InlineData(null, null)]
    public void A_schedule_is_one_when_it_has_five_cron_fields(string? written, string? cron) => Assert.Equal(cron, CutFlows.CronOf(written));

    private static (string Text, ReadResult Read) WithFlows()
    {
        var files = new Dictionary<string, string>(SmallShop.Files)
        {
            ["src/Mail.cs"] = """
                using Confluent.Kafka; using Hangfire;
                namespace Shop;
                public class MailBox { public string To { get; set; } = ""; }
                public class Mails(MailBox box)
                {
                    public void Send() { box.To = "a"; }
                    public void Sort() { box.To = "b"; }
                    public void Later() { box.To = "c"; }
                    public void Plan() { RecurringJob.AddOrUpdate<Mails>("send", m => m.Send(), "0 4 * * *"); RecurringJob.AddOrUpdate<Mails>("sort", m => m.Sort(), Cron.Daily()); BackgroundJob.Schedule<Mails>(m => m.Later(), TimeSpan.FromDays(1)); }
                }
                public class MailTaker(Mails mails) : BackgroundService
                {
                    protected override Task ExecuteAsync(CancellationToken stop) { using var c = new ConsumerBuilder<Ignore, string>(null).Build(); c.Subscribe(["orders.placed", "raw-things"]); mails.Send(); return Task.CompletedTask; }
                }
                public class Sweeper(Mails mails) : BackgroundService { protected override Task ExecuteAsync(CancellationToken stop) { mails.Sort(); return Task.CompletedTask; } }
                """,
            ["src/Tell.cs"] = """
                using Confluent.Kafka;
                namespace Shop;
                public class OrderTeller(IProducer<Null, OrderDto> producer, OrderService orders)
                {
                    public void Tell(OrderDto order) { producer.Produce("orders.placed", new Message<Null, OrderDto> { Value = order }); producer.Produce("raw-things", null); orders.TakeAsync(1); }
                }
                """,
        };
        var constraints = ConstraintFile.Parse("pin Mail* Sweeper -> mails\npin Order* -> orders\n", "c");
        var proposal = SmallShop.Propose(new() { Constraints = constraints }, files);
        var text = CutModel.Of(proposal, proposal.Find("medium")!, ConstraintFile.Empty);
        var read = Read(text);
        Assert.Empty(read.Findings.Where(f => f.Severity == Severity.Error).Select(f => f.ToString()));
        return (text, read);
    }

    private static ReadResult Read(string text) => ModelReader.Read(new MemoryFileTree(new Dictionary<string, string> { ["conway.yaml"] = text }), "conway.yaml", new ReadOptions());

    private static CostItem Call(int from, int to, int count) => new(CostKind.Call, from, to, count, $"{from} -> {to}", "a request", ImmutableArray<CodePlace>.Empty);

    private static (EntryPoint Entry, int Service) Entry(string method, string route, int service) =>
        (new EntryPoint { Id = 0, Kind = EntryPointKind.Controller, Name = $"{method} {route}", Method = method, Route = route, Type = 0, Place = default }, service);
}
