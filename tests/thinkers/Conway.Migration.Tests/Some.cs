using System.Collections.Immutable;
using Conway.CodeFacts;
using Conway.Migration.Plans;
using Conway.Planted;
using Conway.Planted.Truth;

namespace Conway.Migration.Tests;

/// <summary>Cuts to plan by: a small shop whose namespaces are its services, and planted systems whose right cut is known.</summary>
internal static class Some
{
    /// <summary>Orders, stock, users and reports over one database; what goes across the namespaces is known line by line.</summary>
    public static IReadOnlyDictionary<string, string> ShopFiles { get; } = new Dictionary<string, string>
    {
        ["src/Shop.csproj"] = """<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>""",
        ["src/Context.cs"] = """
            using Microsoft.EntityFrameworkCore;
            namespace Shop.Shared;
            public sealed class ShopContext : DbContext
            {
                public DbSet<Shop.Orders.Order> Orders => Set<Shop.Orders.Order>();
                public DbSet<Shop.Stock.Item> Items => Set<Shop.Stock.Item>();
                public DbSet<Shop.Users.User> Users => Set<Shop.Users.User>();
            }
            """,
        ["src/Orders.cs"] = """
            using Microsoft.AspNetCore.Mvc;
            using Microsoft.EntityFrameworkCore;
            using Shop.Shared;
            using Shop.Stock;
            namespace Shop.Orders;
            public class Order { public int Id { get; set; } public decimal Total { get; set; } public Shop.Users.User User { get; set; } = null!; }
            public class OrderService(ShopContext context, StockService stock)
            {
                public async Task PlaceAsync(Order order)
                {
                    context.Orders.Add(order);
                    await stock.ReserveAsync(order.Id);
                    await context.SaveChangesAsync();
                }
                public Task<List<Order>> ListAsync() => context.Orders.Include(o => o.User).ToListAsync();
            }
            [ApiController, Route("orders")]
            public class OrdersController(OrderService orders) : ControllerBase
            {
                [HttpGet] public Task<List<Order>> List() => orders.ListAsync();
                [HttpPost] public Task Place(Order order) => orders.PlaceAsync(order);
            }
            """,
        ["src/Stock.cs"] = """
            using Microsoft.AspNetCore.Mvc;
            using Microsoft.EntityFrameworkCore;
            using Shop.Shared;
            namespace Shop.Stock;
            public class Item { public int Id { get; set; } public int Count { get; set; } }
            public class StockService(ShopContext context)
            {
                public async Task ReserveAsync(int id) { var item = await context.Items.FirstAsync(i => i.Id == id); item.Count--; }
            }
            [ApiController, Route("stock")]
            public class StockController(ShopContext context) : ControllerBase
            {
                [HttpGet("{id}")] public Task<Item> Get(int id) => context.Items.FirstAsync(i => i.Id == id);
            }
            """,
        ["src/Users.cs"] = """
            using Microsoft.AspNetCore.Mvc;
            using Microsoft.EntityFrameworkCore;
            using Shop.Shared;
            namespace Shop.Users;
            public class User { public int Id { get; set; } public string Name { get; set; } = ""; }
            [ApiController, Route("users")]
            public class UsersController(ShopContext context) : ControllerBase
            {
                [HttpGet("{id}")] public Task<User> Get(int id) => context.Users.FirstAsync(u => u.Id == id);
            }
            """,
        ["src/Reports.cs"] = """
            using Microsoft.Extensions.Hosting;
            using Microsoft.EntityFrameworkCore;
            using Shop.Shared;
            namespace Shop.Reports;
            public class NightlyReport(ShopContext context) : BackgroundService
            {
                protected override async Task ExecuteAsync(CancellationToken stoppingToken) => Console.WriteLine(await context.Orders.CountAsync(stoppingToken));
            }
            """,
        ["src/Sums.cs"] = """
            namespace Shop.Sums;
            public static class Rounding { public static decimal Up(decimal value) => Math.Ceiling(value); }
            """,
    };

    /// <summary>The shop, cut by its namespaces; what is in <c>Shared</c> belongs to nobody.</summary>
    public static MigrationSubject Shop(params (string Path, string Text)[] more)
    {
        var files = ShopFiles.Where(f => more.All(m => m.Path != f.Key)).Concat(more.Select(m => KeyValuePair.Create(m.Path, m.Text)));
        var code = Read("shop", files);
        return Cut(code, t => t.Namespace.Split('.')[^1].ToLowerInvariant() is var name && name is "shared" ? null : name);
    }

    /// <summary>A planted system, cut as it was planted.</summary>
    public static MigrationSubject Planted(ulong seed)
    {
        var system = Planter.Plant(new PlantedSettings { Seed = seed, Modules = 6, CrossReferences = 20, Commits = 0 });
        var code = Read("planted", system.Files.Select(f => KeyValuePair.Create(f.Path, f.Text)));
        var places = TruthAssignment.Of(system.Truth, code.Types.Select(t => t.FullName.Split('`')[0])).Places;
        return Cut(code, t => places.TryGetValue(t.FullName.Split('`')[0], out var place) && place.Kind == TruthKind.Owned ? place.Services[0] : null);
    }

    public static Phase Phase(MigrationPlan plan, string id) => plan.Phases.Single(p => p.Id == id);

    public static MigrationPlan Plan(MigrationSubject subject) => Planner.Make(subject, new OrderWeights(), CancellationToken.None);

    private static Codebase Read(string name, IEnumerable<KeyValuePair<string, string>> files) =>
        CodebaseReader.Read(new MemorySourceTree(name, files), new CodebaseOptions { Parallelism = 2 }, null, CancellationToken.None);

    private static MigrationSubject Cut(Codebase code, Func<CodeType, string?> serviceOf)
    {
        var names = code.Types.Select(serviceOf).ToArray();
        string[] services = [.. names.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        var ofType = names.Select(n => n is null ? MigrationSubject.None : Array.IndexOf(services, n)).ToImmutableArray();
        var ofTable = code.Tables.Select(t => code.Entities.FirstOrDefault(e => e.Table == t.Id && e.Owner == Codebase.None) is { } entity ? ofType[entity.Type] : MigrationSubject.None).ToImmutableArray();
        return new MigrationSubject
        {
            Code = code,
            Cut = "medium",
            Services = [.. services.Select((s, i) => new CutService { Name = s, CodeLines = code.Types.Where(t => ofType[t.Id] == i && t.Outer == Codebase.None).Sum(t => t.CodeLines) })],
            ServiceOfType = ofType,
            ServiceOfTable = ofTable,
            Transactions = [.. code.UseCases.Select(u => Parted(code, u, ofTable)).OfType<PartedTransaction>()],
        };
    }

    private static PartedTransaction? Parted(Codebase code, UseCase useCase, ImmutableArray<int> ofTable)
    {
        var steps = new List<(int Service, List<string> Tables)>();
        foreach (var write in useCase.Accesses.Where(a => a.Mode == AccessMode.Write && ofTable[a.Table] != MigrationSubject.None))
        {
            if (steps.Count == 0 || steps[^1].Service != ofTable[write.Table])
            {
                steps.Add((ofTable[write.Table], []));
            }

            if (!steps[^1].Tables.Contains(code.Tables[write.Table].ToString()))
            {
                steps[^1].Tables.Add(code.Tables[write.Table].ToString());
            }
        }

        return steps.Select(s => s.Service).Distinct().Count() < 2 ? null : new PartedTransaction(useCase.EntryPoint, [.. steps.Select(s => new PartedStep(s.Service, null, [.. s.Tables]))]);
    }
}
