using System.Globalization;
using System.Text;
using Conway.Migration.Pieces;
using Conway.Migration.Plans;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Conway.Migration.Tests;

/// <summary>What is made from a plan: C# compiles, routes are taken by the real proxy, edited files are known.</summary>
public sealed class PieceTests
{
    private static readonly MigrationSubject Subject = Some.Shop(("src/More.cs", """
        using Shop.Shared;
        namespace Shop.Stock;
        public enum Level { Low, High = 7 }
        public class Depot { public int Id { get; set; } public string? Name { get; set; } public List<Level> Levels { get; set; } = []; public Depot? Next { get; set; } public class Shelf { public int Level { get; set; } } public ShopContext Context { get; set; } = null!; }
        public class Answer<TValue> { public TValue Value { get; set; } = default!; }
        public class Answer { public int Value { get; set; } }
        public class DepotService
        {
            public Depot Find(int id, Level level) => new();
            public Task<IReadOnlyList<Depot>> AllAsync(CancellationToken cancellation = default) => throw new InvalidOperationException();
            public void Put(Depot depot, params string[] notes) { }
            public void Put(Depot other, string[] notes) { }
            public bool TryFind(int id, out Depot depot) { depot = new(); return true; }
            public IQueryable<Depot> Query() => throw new InvalidOperationException();
            public void Told(Depot @event, Shop.Stock.Depot.Shelf shelf, System.Guid @class) { }
            public Answer<int> Ask() => new();
            public T Get<T>(int id) => throw new InvalidOperationException();
        }
        """), ("src/Asking.cs", """
        using Shop.Stock;
        namespace Shop.Reports;
        public class Asking(DepotService depots)
        {
            public async Task AskAsync()
            {
                depots.Find(1, Level.Low); await depots.AllAsync(); depots.Put(new Depot(), "a"); depots.Put(new Depot(), new string[0]); depots.TryFind(1, out _); depots.Query(); depots.Told(new Depot(), new Depot.Shelf(), System.Guid.Empty); depots.Ask(); depots.Get<int>(1);
            }
        }
        """));

    private static readonly MigrationPlan Plan = Some.Plan(Subject);

    [Fact]
    public void The_seam_its_switch_and_its_types_compile_and_what_cannot_cross_is_said()
    {
        var piece = Assert.Single(CodePieces.Of(Plan, Subject.Code), p => p.Path == "stock/code/IStock.cs");
        Compile([piece]);
        Assert.Contains("    Task<Depot> Find(int id, Level level, CancellationToken cancellation);", piece.Text, StringComparison.Ordinal);
        Assert.Contains("    Task<IReadOnlyList<Depot>> AllAsync(CancellationToken cancellation);", piece.Text, StringComparison.Ordinal);
        Assert.Contains("    public Task ReserveAsync(int id, CancellationToken cancellation) => (toService() ? service : monolith).ReserveAsync(id, cancellation);", piece.Text, StringComparison.Ordinal);
        Assert.Contains("public sealed record Depot\n{\n    public int Id { get; init; } = default!;\n    public string? Name { get; init; }\n", piece.Text, StringComparison.Ordinal);
        Assert.Contains("    Task Told(Depot @event, Shelf shelf, Guid @class, CancellationToken cancellation);", piece.Text, StringComparison.Ordinal);
        Assert.Contains("public enum Level\n{\n    Low,\n    High,\n}", piece.Text, StringComparison.Ordinal);
        foreach (var lost in new[] { "TryFind(int id, out Depot depot)", "IQueryable<Depot> Query()", "Answer<int> Ask()", "Context: the type ShopContext is no data" })
        {
            Assert.True(piece.Text.Split('\n').Any(l => l.TrimStart().StartsWith("// Not carried over: ", StringComparison.Ordinal) && l.Contains(lost, StringComparison.Ordinal)), piece.Text);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Whatever_a_planted_system_calls_across_compiles(ulong seed)
    {
        var subject = Some.Planted(seed);
        var pieces = CodePieces.Of(Some.Plan(subject), subject.Code);
        Assert.NotEmpty(pieces);
        Compile(pieces);
    }

    [Theory]
    [InlineData("/orders/{id}", "/orders/{p1}")]
    [InlineData("/orders/{id:int}/lines/{line?}", "/orders/{p1}/lines/{p2?}")]
    [InlineData("/a/{x?}/b", "/a/{p1}/b")]
    [InlineData("/files/{*path}", "/files/{**rest}")]
    [InlineData("/report-{year}.pdf", "/{p1}")]
    [InlineData("/", "/")]
    public void A_route_becomes_one_that_any_router_takes(string route, string template) => Assert.Equal(template, RoutePieces.Template(route));

    [Fact]
    public async Task At_every_share_the_real_proxy_sends_each_bucket_to_exactly_one_backend()
    {
        await using var monolith = await BackendAsync("monolith");
        await using var service = await BackendAsync("service");
        var plan = Some.Plan(Some.Shop());
        var slice = Some.Phase(plan, "orders").Slice!;
        var pieces = RoutePieces.Of(plan, "c").Where(p => p.Path.StartsWith("orders/", StringComparison.Ordinal)).ToArray();
        Assert.Equal(slice.CutOver.Count + 1, pieces.Length);
        foreach (var (piece, i) in pieces.Select((p, i) => (p, i)))
        {
            var (reads, writes) = i == 0 ? (0, 0) : (slice.CutOver[i - 1].Reads, slice.CutOver[i - 1].Writes);
            await using var proxy = await ProxyAsync(piece.Text, monolith, service);
            using var client = new HttpClient { BaseAddress = new Uri(AddressOf(proxy)) };
            Assert.Equal((reads, writes), (await CountAsync(client, HttpMethod.Get), await CountAsync(client, HttpMethod.Post)));
            Assert.Equal("monolith", await client.GetStringAsync("elsewhere", TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public void A_file_that_was_edited_anywhere_is_known()
    {
        var pieces = PlanPieces.Of(Plan, Subject.Code);
        Assert.Contains(pieces, p => p.Path.EndsWith(".sql", StringComparison.Ordinal));
        Assert.Contains(pieces, p => p.Path.EndsWith(".json", StringComparison.Ordinal));
        Assert.Contains(pieces, p => p.Path.EndsWith(".cs", StringComparison.Ordinal));
        Assert.Equal(pieces.Count, pieces.Select(p => p.Path).Distinct().Count());
        Assert.All(pieces, p => Assert.True(PlanPieces.IsUntouched(p.Text), p.Path));
        Assert.All(pieces, p => Assert.False(PlanPieces.IsUntouched(p.Text + " "), p.Path));
        Assert.All(pieces, p => Assert.False(PlanPieces.IsUntouched(p.Text.Replace("fingerprint ", "fingerprint 0", StringComparison.Ordinal)), p.Path));
        Assert.False(PlanPieces.IsUntouched("mine"));
        Assert.Equal(pieces, PlanPieces.Of(Some.Plan(Subject), Subject.Code));
    }

    private static void Compile(IReadOnlyList<Piece> pieces)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(p => MetadataReference.CreateFromFile(p));
        var trees = pieces.Select(p => CSharpSyntaxTree.ParseText(p.Text, new CSharpParseOptions(LanguageVersion.Latest), p.Path, Encoding.UTF8));
        var compilation = CSharpCompilation.Create("pieces", trees, references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString()));
    }

    private static async Task<int> CountAsync(HttpClient client, HttpMethod method)
    {
        var count = 0;
        for (var bucket = 0; bucket < 100; bucket++)
        {
            using var request = new HttpRequestMessage(method, "orders");
            request.Headers.Add(RoutePieces.BucketHeader, bucket.ToString(CultureInfo.InvariantCulture));
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            var by = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Contains(by, (string[])["monolith", "service"]);
            count += by == "service" ? 1 : 0;
        }

        return count;
    }

    private static Task<WebApplication> BackendAsync(string name) => StartAsync(static _ => { }, app => app.Run(context => context.Response.WriteAsync(name)));

    private static Task<WebApplication> ProxyAsync(string text, WebApplication monolith, WebApplication service)
    {
        text = text.Replace("http://monolith/", AddressOf(monolith) + "/", StringComparison.Ordinal);
        foreach (var slice in new[] { "orders", "stock", "users" })
        {
            text = text.Replace($"http://{slice}/", AddressOf(service) + "/", StringComparison.Ordinal);
        }

        var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(text))).Build();
        return StartAsync(services => services.AddReverseProxy().LoadFromConfig(configuration.GetSection("ReverseProxy")), app => app.MapReverseProxy());
    }

    private static string AddressOf(WebApplication app) => app.Urls.Single();

    private static async Task<WebApplication> StartAsync(Action<IServiceCollection> add, Action<WebApplication> use)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        add(builder.Services);
        builder.Services.AddRouting();
        var app = builder.Build();
        use(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
