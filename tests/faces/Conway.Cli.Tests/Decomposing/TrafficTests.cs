using System.Text.Json;
using Conway.Decomposition.Proposals;

namespace Conway.Cli.Tests.Decomposing;

/// <summary><c>conway decompose --traces</c></summary>
public sealed class TrafficTests
{
    [Fact]
    public void A_use_case_that_runs_often_weighs_more_in_transactions_and_calls()
    {
        var without = Medium(null);
        var products = Medium(SomeTraces.Requests("GET", "api/products/{id:int}", 200));
        var reviews = Medium(SomeTraces.Requests("POST", "api/reviews", 200));
        Assert.InRange(products.Price.DistributedTransactions, 0.0001, without.Price.DistributedTransactions - 0.0001);
        Assert.True(reviews.Price.DistributedTransactions > without.Price.DistributedTransactions);
        Assert.True(products.Price.SynchronousCalls < without.Price.SynchronousCalls && without.Price.SynchronousCalls < reviews.Price.SynchronousCalls);

        // What they do not touch, and where types are, stays.
        Assert.Equal((without.Price.ForeignKeys, without.Price.Modularity), (reviews.Price.ForeignKeys, reviews.Price.Modularity));
        Assert.Equal(without.Cut, reviews.Cut);
    }

    [Fact]
    public void A_table_that_only_traces_show_is_one_that_the_use_case_writes()
    {
        // The source of 'GET /api/products/{id}' writes products alone; seen was that it writes reviews, too.
        var seen = SomeTraces.Read(SomeTraces.Text);
        var product = seen.UseCases.Single(u => u.Requests == 1);
        var code = SmallShop.Read(SmallShop.Files);
        var reviews = code.Tables.Single(t => t.Name == "Reviews").Id;
        var touched = seen with { UseCases = [product with { Accesses = [new(reviews, CodeFacts.AccessMode.Write, 1)] }] };
        var without = SmallShop.Propose(new ProposalOptions { Traffic = seen with { UseCases = [product] } }).Find("medium")!;
        var with = SmallShop.Propose(new ProposalOptions { Traffic = touched }).Find("medium")!;
        Assert.True(with.Price.DistributedTransactions > without.Price.DistributedTransactions);
    }

    [Fact]
    public void Traces_of_another_system_change_no_price_and_say_so()
    {
        var other = Medium(SomeTraces.Requests("GET", "/elsewhere", 50));
        Assert.Equal(Medium(null).Price, other.Price);
    }

    [Fact]
    public async Task How_much_was_read_and_fits_is_told_in_text_and_in_the_document_and_on_the_page()
    {
        using var folder = new SystemFolder();
        SmallShop.WriteTo(folder);
        folder.Write("traces.json", SomeTraces.Text);
        var ended = await Shell.ConwayAsync(folder.Path, "decompose", "--traces", "traces.json");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.Contains("\nNot matched: 1 × GET /healthz.\n", ended.Output, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.Path, ".conway/decompose/proposal.json")));
        var traffic = document.RootElement.GetProperty("traffic");
        long Number(string name) => traffic.GetProperty(name).GetInt64();
        Assert.Equal((8, 4, 3, 3, 0, 1, 2), (Number("spans"), Number("requests"), Number("matched"), Number("below"), Number("belowUnmatched"), Number("orphans"), Number("useCasesSeen")));
        var order = traffic.GetProperty("useCases")[0];
        Assert.Equal(("POST /api/orders", 2), (order.GetProperty("name").GetString(), order.GetProperty("requests").GetInt64()));
        Assert.Equal("Reviews", order.GetProperty("writes")[0].GetString());
        Assert.Contains("\"said\":[\"8 spans of shop-web in traces.json", File.ReadAllText(Path.Combine(folder.Path, ".conway/decompose/report.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no file of traces 'none.json'.", "none.json")]
    [InlineData("'src' is a folder; traces are a file. Name one of those that the collector wrote.", "src")]
    [InlineData("'jaeger.json' holds traces in Jaeger's form, and not traces in OTLP's JSON. Export them with the file exporter of the OpenTelemetry Collector.", "jaeger.json")]
    [InlineData("'empty.json' holds no spans. Let the system answer some requests while it exports, and try again.", "empty.json")]
    public async Task A_file_that_is_of_no_use_is_told_in_a_sentence_and_nothing_is_written(string said, string file)
    {
        using var folder = new SystemFolder();
        SmallShop.WriteTo(folder);
        folder.Write("jaeger.json", """{"data":[{"traceID":"1","spans":[]}]}""");
        folder.Write("empty.json", """{"resourceSpans":[]}""");
        Assert.Equal(new Ended(2, "", $"conway: {said}\n"), await Shell.ConwayAsync(folder.Path, "decompose", "--traces", file));
        Assert.False(Directory.Exists(folder.StateFolder));
    }

    [Fact]
    public async Task What_fits_nothing_and_what_is_torn_is_a_warning_and_the_cut_is_made()
    {
        using var folder = new SystemFolder();
        SmallShop.WriteTo(folder);
        folder.Write("other.json", SomeTraces.Requests("GET", "/elsewhere", 2) + "{\"resourceSpans\":[");
        var ended = await Shell.ConwayAsync(folder.Path, "decompose", "--traces", "other.json");
        Assert.Equal(0, ended.Code);
        Assert.Contains("other.json:3:1  warning CW1620  The last line of 'other.json' ends in the middle; what stands before was read.", ended.Output, StringComparison.Ordinal);
        Assert.Contains("warning CW1621  None of the 2 requests in 'other.json' is of a use case of this code. The most frequent is 'GET /elsewhere'.", ended.Output, StringComparison.Ordinal);
        Assert.Contains("Prices are as without traces: each use case counts the same.", ended.Output, StringComparison.Ordinal);
    }

    private static Alternative Medium(string? traces) => SmallShop.Propose(new ProposalOptions { Traffic = traces is null ? null : SomeTraces.Read(traces) }).Find("medium")!;
}
