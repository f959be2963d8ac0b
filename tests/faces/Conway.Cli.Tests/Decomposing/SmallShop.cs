using System.Text;
using Conway.CodeFacts;
using Conway.Decomposition.Proposals;

namespace Conway.Cli.Tests.Decomposing;

/// <summary>The source of a shop that grew in one piece: orders, a catalogue and reviews over one database, tied in a few places.</summary>
internal static class SmallShop
{
    /// <summary>Areas by the noun that they are about.</summary>
    private static readonly string[] Areas = ["Order", "Product", "Review"];

    /// <summary>Files by path.</summary>
    public static IReadOnlyDictionary<string, string> Files { get; } = Make();

    /// <summary>What is proposed for it.</summary>
    public static Proposal Propose(ProposalOptions? options = null, IReadOnlyDictionary<string, string>? files = null) =>
        Workbench.Prepare(Read(files ?? Files), options ?? new ProposalOptions(), CancellationToken.None).Propose(CancellationToken.None);

    public static Codebase Read(IReadOnlyDictionary<string, string> files) =>
        CodebaseReader.Read(new MemorySourceTree("shop", files), new CodebaseOptions(), null, CancellationToken.None);

    public static void WriteTo(SystemFolder folder)
    {
        foreach (var (path, text) in Files)
        {
            folder.Write(path, text);
        }
    }

    private static Dictionary<string, string> Make()
    {
        var files = Areas.ToDictionary(a => $"src/{a}.cs", Area);
        files["src/Shop.csproj"] = """<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>""";
        files["src/ShopContext.cs"] = $$"""
            using Microsoft.EntityFrameworkCore;
            namespace Shop;
            public sealed class ShopContext : DbContext
            {
            {{string.Concat(Areas.Select(a => $"    public DbSet<{a}> {a}s => Set<{a}>();\n    public DbSet<{a}Line> {a}Lines => Set<{a}Line>();\n"))}}
            }
            """;
        return files;
    }

    private static string Area(string area)
    {
        var text = new StringBuilder($$"""
            using Microsoft.AspNetCore.Mvc;
            using Microsoft.EntityFrameworkCore;
            namespace Shop;
            public class {{area}} { public int Id { get; set; } public List<{{area}}Line> Lines { get; set; } = []; public {{area}}State State { get; set; } }
            public class {{area}}Line { public int Id { get; set; } public {{area}} {{area}} { get; set; } = null!; }
            public enum {{area}}State { New, Done }
            public record {{area}}Dto(int Id, {{area}}State State);
            public record Save{{area}}Request(int Id);
            public class {{area}}Repository(ShopContext context)
            {
                public Task<{{area}}?> FindAsync(int id) => context.{{area}}s.Include(x => x.Lines).FirstOrDefaultAsync(x => x.Id == id);
                public void Add({{area}} item) => context.{{area}}s.Add(item);
                public void Add({{area}}Line line) => context.{{area}}Lines.Add(line);
                public Task SaveAsync() => context.SaveChangesAsync();
            }

            """);
        var (needs, uses) = area switch
        {
            "Order" => (", ProductService products", "foreach (var line in item.Lines) { await products.TakeAsync(line.Id); }"),
            "Review" => (", ProductRepository products", "var product = await products.FindAsync(request.Id); product!.State = ProductState.Done;"),
            _ => ("", ""),
        };
        return text.Append($$"""
            public class {{area}}Service({{area}}Repository repository{{needs}})
            {
                public async Task<{{area}}Dto> SaveAsync(Save{{area}}Request request)
                {
                    var item = await repository.FindAsync(request.Id) ?? new {{area}}();
                    {{uses}}
                    item.State = {{area}}State.Done;
                    repository.Add(item);
                    repository.Add(new {{area}}Line());
                    await repository.SaveAsync();
                    return {{area}}Mapping.ToDto(item);
                }
                public async Task<{{area}}Dto> TakeAsync(int id)
                {
                    var item = await repository.FindAsync(id);
                    item!.State = {{area}}State.Done;
                    await repository.SaveAsync();
                    return {{area}}Mapping.ToDto(item);
                }
            }
            public static class {{area}}Mapping { public static {{area}}Dto ToDto({{area}} item) => new(item.Id, item.State); }
            [ApiController, Route("api/{{area.ToLowerInvariant()}}s")]
            public class {{area}}sController({{area}}Service service) : ControllerBase
            {
                [HttpGet("{id:int}")] public Task<{{area}}Dto> Get(int id) => service.TakeAsync(id);
                [HttpPost] public Task<{{area}}Dto> Save(Save{{area}}Request request) => service.SaveAsync(request);
            }
            """).ToString();
    }
}
