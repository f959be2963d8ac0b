using System.Text;

namespace Conway.CodeFacts;

/// <summary>Whatever lies in the folder, there is a value and a sentence, never an exception.</summary>
public sealed class BrokenInputTests
{
    private static Codebase Bytes(params (string Path, byte[] Bytes)[] files) =>
        Some.Read(new MemorySourceTree("shop", files.Select(f => KeyValuePair.Create(f.Path, (ReadOnlyMemory<byte>)f.Bytes))));

    [Fact]
    public void An_empty_folder_is_told()
    {
        var code = Some.Files();
        Assert.Equal(["CW1601 There is no C# file in 'shop'."], code.FindingLines());
        Assert.Empty(code.Types);
        Assert.Equal(1, code.Coverage.NamesShare);
    }

    [Theory]
    [InlineData("class A { void M( { } } class B { }", "A,B")]
    [InlineData("class A { int x = ; string s = \"open\n; } class B { }", "A,B")]
    [InlineData("namespace N { class A { } ", "A")]
    [InlineData("}}}} class A { }", "A")]
    [InlineData("class { } class A { }", ",A")]
    [InlineData("class A : { } enum E { , }", "A,E")]
    [InlineData("<<<<<<< HEAD\nclass A { }\n=======\nclass B { }\n>>>>>>> x\n", "A")]
    [InlineData("Dim x As Integer\nPublic Class A\nEnd Class", null)]
    public void Code_that_does_not_parse_is_told_once_and_the_rest_is_read(string text, string? types)
    {
        var code = Some.Files(("a.cs", text), ("b.cs", "class Rest { }"));
        Assert.Single(code.FindingLines(), l => l.StartsWith("a.cs:", StringComparison.Ordinal) && l.Contains(" CW1605 CS", StringComparison.Ordinal));
        Assert.Contains(code.Types, t => t.Name == "Rest");
        Assert.Equal(1, code.Coverage.FilesBroken);
        if (types is not null)
        {
            Assert.Subset(code.Types.Select(t => t.Name).ToHashSet(), types.Split(',').Where(t => t.Length > 0).ToHashSet());
        }
    }

    [Fact]
    public void Every_beginning_of_a_program_is_read()
    {
        const string Text = """"
            using System.Linq;
            namespace Shop.Orders;
            [Some(typeof(Order))]
            public partial record Order<T>(int Id, params T[] Items) : Base<T>(Id), IThing where T : class, new()
            {
                public event System.Action<T>? Changed;
                public int this[int i] { get => Items.Select(x => x switch { Order<T> { Id: > 3 } o => o.Id, _ => 0 }).ElementAt(i); set { } }
                public static implicit operator int(Order<T> o) => o.Id;
                async System.Threading.Tasks.Task Go() { await foreach (var (a, b) in X()) { using var c = new Some { A = a?.B?[0]!.C }; } }
                string Text => $"a {Id,3:N2} {$"{nameof(Order<T>)}"}" + """ raw """;
            }
            """";
        for (var length = 0; length <= Text.Length; length += 3)
        {
            var code = Some.Files(("a.cs", Text[..length]), ("b.cs", Text[length..]));
            Assert.Equal(2, code.Files.Length);
        }
    }

    [Fact]
    public void Every_beginning_of_a_program_with_a_store_is_read()
    {
        const string Text = """
            using System.Linq; using Microsoft.EntityFrameworkCore; using Microsoft.EntityFrameworkCore.Metadata.Builders; using Microsoft.AspNetCore.Mvc; using MediatR;
            [Table("a.b")] public class Order : Order { public int Id { get; set; } public List<Order> Lines { get; set; } public Buyer Buyer { get; set; } }
            public class Buyer : IThing<Buyer>, Loop { public int OrderId { get; set; } } public interface IThing<T> : IThing<IThing<T>> { } public class Loop : Buyer { }
            public class Map : IEntityTypeConfiguration<Order> { public void Configure(EntityTypeBuilder<Order> b) { b.ToTable("x", "y").HasOne(o => o.Buyer).WithMany().HasForeignKey("OrderId"); b.OwnsMany(o => o.Lines, l => l.OwnsOne(x => x.Buyer)); } }
            public class Db : DbContext { public DbSet<Order> Orders => Set<Order>(); public DbSet<Missing> Others { get; set; } }
            [Route("[controller]/{id}")] public class C(Db db, IMediator m) : ControllerBase
            {
                [HttpPost("x"), HttpGet] public async Task<Order> Go(int id) { var o = await db.Orders.Include("Lines.").ThenInclude(x => x.Buyer).FirstAsync(); o.Buyer.OrderId++; o.Lines.Add(o); db.Add(); db.SaveChanges(); return await m.Send(new Ask()); }
                void Map(WebApplication app) { var g = app.MapGroup("/a").MapGroup($"{g}"); g.MapGet("/" + g, Go); app.MapPost(); services.AddScoped(typeof(IThing<>)); }
                const string Sql = "SELECT * FROM a JOIN " + "b ON" + Sql; string More => $"INSERT INTO {Sql} ({More}"; string At => Configuration.GetSection("A")["B"].GetSection(At)[0];
            }
            public class Ask : IRequest<Order>; public class H : IRequestHandler<Ask, Order> { public Task<Order> Handle(Ask a) => Handle(a); }
            """;
        for (var length = 0; length <= Text.Length; length += 41)
        {
            var code = Some.Files(("a.cs", Text[..length]), ("b.cs", Text[length..]));
            Assert.DoesNotContain(code.Findings, f => f.Rule == CodeFindings.CompilerFailed);
        }
    }

    [Fact]
    public void Encodings_are_told_apart_by_what_is_there()
    {
        const string Text = "// Straße\nclass Grün { }\n";
        var code = Bytes(
            ("1.cs", Encoding.UTF8.GetBytes(Text)), ("2.cs", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text)]),
            ("3.cs", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text)]), ("4.cs", [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Text)]),
            ("5.cs", [.. Encoding.UTF32.Preamble, .. Encoding.UTF32.GetBytes(Text)]), ("6.cs", Encoding.Latin1.GetBytes(Text)),
            ("7.cs", Encoding.Unicode.GetBytes(Text)), ("8.cs", Encoding.BigEndianUnicode.GetBytes(Text)));
        var type = Assert.Single(code.Types);
        Assert.Equal("Grün", type.Name);
        Assert.Equal(7, type.OtherParts.Length);
        Assert.All(code.Files, f => Assert.Equal((CodeFileKind.Source, 3), (f.Kind, f.Lines)));
        Assert.Empty(code.Findings);
    }

    [Fact]
    public void Garbage_with_the_name_of_source_is_told()
    {
        var noise = new byte[5000];
        new Random(7).NextBytes(noise);
        var code = Bytes(("a.cs", noise), ("b.cs", [0, 0, 0, 0]), ("c.cs", "class C { }"u8.ToArray()), ("d.csproj.cs", [.. "class D { }"u8, 0x1A]));
        Assert.Equal(
            ["a.cs:1:1 CW1604 'a.cs' holds bytes that are no text.", "b.cs:1:1 CW1604 'b.cs' holds bytes that are no text."], code.FindingLines());
        Assert.Equal(["C", "D"], code.Types.Select(t => t.Name));
        Assert.Equal(2, code.Coverage.FilesUnread);
    }

    [Fact]
    public void Project_files_of_garbage_are_told()
    {
        var noise = new byte[500];
        new Random(7).NextBytes(noise);
        var code = Bytes(("A/A.csproj", noise), ("A/a.cs", "class A { }"u8.ToArray()), ("Shop.sln", noise), ("Directory.Build.props", noise));
        Assert.Equal(["CW1607", "CW1618"], code.Findings.Select(f => f.Code));
        Assert.Equal("A", Assert.Single(code.Types).Name);
    }

    [Fact]
    public void A_file_that_is_too_large_is_told_and_left_out()
    {
        var large = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("class A { /* a million lines that a tool wrote */ }\n", 70_000)));
        var code = Bytes(("Large.cs", large), ("b.cs", "class B { }"u8.ToArray()));
        Assert.Equal(["Large.cs:1:1 CW1603 'Large.cs' is larger than 3 MiB."], code.FindingLines());
        Assert.Equal((CodeFileKind.Unread, "B"), (code.Files[0].Kind, Assert.Single(code.Types).Name));
    }

    [Theory]
    [InlineData("(", ")", 20_000)]
    [InlineData("{", "}", 20_000)]
    [InlineData("A<", ">", 20_000)]
    [InlineData("$\"{", "}\"", 40)]
    [InlineData("a is { A: ", "}", 20_000)]
    [InlineData("new[]{", "}", 10_000)]
    [InlineData("x => ", "", 5_000)]
    [InlineData("a.B(", ")", 3_000)]
    [InlineData("a.", "", 50_000)]
    [InlineData("!", "", 50_000)]
    [InlineData("a ? b : ", "", 20_000)]
    [InlineData("throw ", "", 20_000)]
    [InlineData("if (a) ", "", 10_000)]
    [InlineData("lock (a) ", "", 10_000)]
    [InlineData("class A {", "}", 30_000)]
    public void Nesting_without_end_is_told_and_the_rest_is_read(string open, string close, int times)
    {
        var deep = string.Concat(Enumerable.Repeat(open, times)) + "1" + string.Concat(Enumerable.Repeat(close, times));
        var code = Some.Files(("a.cs", $"class Deep {{ void M() {{ {(open is "{" or "if (a) " or "lock (a) " ? "" : "var y = ")}{deep}; }} }}"), ("b.cs", "class B { }"));
        Assert.Equal(["a.cs:1:1 CW1606 'a.cs' nests more deeply than anybody writes."], code.FindingLines());
        Assert.Equal("B", Assert.Single(code.Types).Name);
    }

    [Fact]
    public void A_sum_without_end_is_bound_as_any_other()
    {
        var code = Some.Code($"class A {{ string s = {string.Concat(Enumerable.Repeat("\"x\" + ", 3_000))}B.C; }} class B {{ public static string C = \"\"; }}");
        Assert.Equal(["A -> B Mention 1 a.cs:1"], code.Edges());
        Assert.Empty(code.Findings);
    }

    [Fact]
    public void Types_that_inherit_in_a_circle_are_read() =>
        Assert.Equal(["A -> B Base", "B -> A Base", "I -> J Base", "J -> I Base"], Some.Code("class A : B { } class B : A { } interface I : J { } interface J : I { }").EdgeKinds());

    [Fact]
    public void A_type_that_is_declared_twice_is_one_type() =>
        Assert.Equal(["x", "x", "y"], Some.Files(("a.cs", "class A { int x; }"), ("b.cs", "class A { int x; int y; } interface A { }")).Members.Select(m => m.Name));

    [Fact]
    public void Files_of_other_tools_are_known_and_kept_apart()
    {
        var code = Some.Files(
            ("Gen/Model.cs", "// <auto-generated>\n//   by a tool\n// </auto-generated>\nclass Model { void Go(User u) { u.Use(); } }"),
            ("Gen/Api.g.cs", "class Api { Model m; }"),
            ("Migrations/20200101_First.cs", "class First : Migration { protected override void Up(MigrationBuilder b) { new User(); } }"),
            ("Migrations/Snapshot.cs", "class Snapshot : ModelSnapshot { protected override void BuildModel(ModelBuilder b) { } }"),
            ("Migration.cs", "class Move : Migration { }"),
            ("User.cs", "class User { public void Use() { new Api(); } }"));
        Assert.Equal(
            ["Gen/Api.g.cs Generated", "Gen/Model.cs Generated", "Migration.cs Source", "Migrations/20200101_First.cs Migration", "Migrations/Snapshot.cs Migration", "User.cs Source"],
            code.Files.Select(f => $"{f.Path} {f.Kind}"));
        Assert.Equal(["Api True", "Model True", "Move False", "User False"], code.Types.Select(t => $"{t.Name} {t.IsGenerated}"));
        Assert.Equal(["Api -> Model Field", "Model -> User Signature", "User -> Api New"], code.EdgeKinds());
    }

    [Fact]
    public void The_facts_are_the_same_whatever_the_number_of_threads()
    {
        (string, string)[] files = [.. Enumerable.Range(0, 60).Select(i => ($"f{i}.cs", $"namespace N{i % 3} {{ class T{i} {{ T{(i * 7) % 60} a; Missing{i % 5} b; void M(T{(i * 11) % 60} x) {{ x.M(null!); foreach (var y in new[] {{ 1 }}) x.M(null!); }} }} }}"))];
        string Shown(int threads)
        {
            var code = Some.Read(Some.Tree(files), new CodebaseOptions { Parallelism = threads });
            return string.Join('\n', [.. code.Types.Select(t => t.FullName), .. code.Edges(), .. code.Calls(), .. code.FindingLines(), code.Coverage.ToString()]);
        }

        var one = Shown(1);
        Assert.Contains(" Call ", one, StringComparison.Ordinal);
        Assert.Equal(one, Shown(4));
        Assert.Equal(one, Shown(16));
    }

    [Fact]
    public void Progress_tells_every_stage_and_ends_at_its_total()
    {
        var told = new List<ReadingProgress>();
        Some.Read(Some.Tree(("a.cs", "class A { }"), ("b.cs", "class B { }")), progress: told.Add);
        Assert.Equal(["list", "read", "parse", "declare", "bind", "link"], told.Select(p => p.Stage).Distinct());
        Assert.Equal(["read 2 of 2", "parse 2 of 2", "declare 2 of 2", "bind 2 of 2"], told.Where(p => p.Total > 0 && p.Done == p.Total).Select(p => $"{p.Stage} {p.Done} of {p.Total}"));
    }

    [Fact]
    public void Cancelling_ends_reading()
    {
        using var cancel = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => Some.Read(
            Some.Tree([.. Enumerable.Range(0, 500).Select(i => ($"{i}.cs", $"class A{i} {{ }}"))]), progress: p => { if (p.Stage == "parse") { cancel.Cancel(); } }, cancellation: cancel.Token));
    }
}
