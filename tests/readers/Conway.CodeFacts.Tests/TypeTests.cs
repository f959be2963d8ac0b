namespace Conway.CodeFacts;

public sealed class TypeTests
{
    [Fact]
    public void Every_kind_of_type_is_known_by_full_name_kind_and_line()
    {
        var code = Some.Code("""
            namespace Shop.Orders
            {
                public class Order<T> where T : class
                {
                    public struct Line { }
                }
                record Money(decimal Amount);
                record struct Size(int W, int H);
                interface IStore { }
                enum State { New, Paid }
                delegate void Paid(Money money);
            }
            class Loose { }
            """);
        Assert.Equal(
            [
                "Loose Class 13", "Shop.Orders.IStore Interface 9", "Shop.Orders.Money Record 7", "Shop.Orders.Order`1 Class 3", "Shop.Orders.Order`1.Line Struct 5",
                "Shop.Orders.Paid Delegate 11", "Shop.Orders.Size RecordStruct 8", "Shop.Orders.State Enum 10",
            ],
            code.Types.Select(t => $"{t.FullName} {t.Kind} {t.Place.Line}"));
        Assert.Equal(code.Type("Order").Id, code.Type("Line").Outer);
        Assert.Equal(Codebase.None, code.Type("Order").Outer);
        Assert.Equal("Shop.Orders", code.Type("Line").Namespace);
        Assert.All(code.Types, t => Assert.Same(t, code.Types[t.Id]));
    }

    [Fact]
    public void Members_have_their_kind_their_signature_and_their_lines()
    {
        var code = Some.Code("""
            using System.Threading.Tasks;
            abstract class Order(int id)
            {
                private readonly int a = 1, b;
                public const string Name = "x";
                public decimal Total { get; private set; }
                public int this[int i] => i;
                static Order() { }
                public event System.Action? Paid;
                public async Task<int> Pay(
                    decimal amount,
                    ref int times)
                {
                    await Task.Yield();
                    return times;
                }
                protected abstract void Ship();
                public static Order operator +(Order l, Order r) => l;
                ~Order() { }
            }
            """);
        Assert.Equal(
            [
                ".ctor Constructor 2-20 'Order(int id)'",
                "a Field 4-4 'int a'",
                "b Field 4-4 'int b'",
                "Name Field 5-5 'string Name'",
                "Total Property 6-6 'decimal Total'",
                "this[] Property 7-7 'int this[]'",
                ".cctor Constructor 8-8 'Order()'",
                "Paid Event 9-9 'System.Action? Paid'",
                "Pay Method 10-16 'Task<int> Pay(decimal amount, ref int times)'",
                "Ship Method 17-17 'void Ship()'",
                "operator + Operator 18-18 'Order operator +(Order l, Order r)'",
                "Finalize Method 19-19 'Finalize()'",
            ],
            code.Members.Select(m => $"{m.Name} {m.Kind} {m.Place.Line}-{m.LastLine} '{m.Signature}'"));
        Assert.True(code.Members.Single(m => m.Name == "Ship").IsAbstract);
        Assert.True(code.Members.Single(m => m.Name == "Name").IsStatic);
        Assert.True(code.Members.Single(m => m.Name == "Pay").IsPublic);
        Assert.False(code.Members.Single(m => m.Name == "a").IsPublic);
    }

    [Fact]
    public void The_parts_of_a_partial_type_are_one_type_led_by_what_people_wrote()
    {
        var code = Some.Files(
            ("A.designer.cs", "namespace N; partial class Form { int a; }"),
            ("B.cs", "namespace N;\npartial class Form { void Show() { } }"));
        var type = Assert.Single(code.Types);
        Assert.Equal("B.cs:2", code.At(type.Place));
        Assert.Equal(["A.designer.cs:1"], type.OtherParts.Select(code.At));
        Assert.Equal(["a", "Show"], code.Members.Select(m => m.Name));
        Assert.False(type.IsGenerated);
    }

    [Fact]
    public void The_same_full_name_in_two_projects_is_two_types_and_each_project_means_its_own()
    {
        var code = Some.Files(
            ("A/A.csproj", Some.Library), ("A/Startup.cs", "class Startup { public void Run() { } }"), ("A/User.cs", "class UserA { void Go() => new Startup().Run(); }"),
            ("B/B.csproj", """<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><ProjectReference Include="..\C\C.csproj" /></ItemGroup></Project>"""), ("B/User.cs", "class UserB { void Go() => new Startup().Run(); }"),
            ("C/C.csproj", Some.Library), ("C/Startup.cs", "class Startup { public void Run() { } }"));
        Assert.Equal(["A/Startup.cs:1", "C/Startup.cs:1"], code.Types.Where(t => t.Name == "Startup").Select(t => code.At(t.Place)));
        Assert.Equal([("UserA", 0), ("UserB", 2)], code.Edges.Where(e => e.Kind == EdgeKind.New).Select(e => (code.Types[e.From].Name, code.Types[e.To].Project)));
        Assert.All(code.Calls.Where(c => c.To != Codebase.None), c => Assert.Equal(c.ToType, code.Members[c.To].Type));
    }

    [Fact]
    public void Lines_of_code_are_lines_with_more_than_blanks_and_comments()
    {
        var code = Some.Code("""
            // a comment
            class A // 1
            { // 2

                /* a
                   b */ int x = 1; // 3
                string s = "// no comment /*"; // 4
                char q = '"'; // 5
                string v = @"6
            7 /* ";
                /// doc
                char b = '\''; // 8
            } // 9
            class B { } // 10
            """);
        Assert.Equal(9, code.Type("A").CodeLines);
        Assert.Equal(1, code.Type("B").CodeLines);
    }

    [Fact]
    public void Copies_of_a_template_have_one_shape_whatever_they_are_called()
    {
        var code = Some.Code("""
            namespace Orders { class OrderModule { public string Name => ""; public void Add(OrderModule other) { } } }
            namespace Billing { class BillingModule { public void Add(BillingModule x) { } public string Name => "b"; } }
            namespace Other { class OtherModule { public int Name => 1; public void Add(OtherModule other) { } } }
            class Empty { }
            """);
        var order = code.Type("OrderModule").Shape;
        Assert.NotEqual(0UL, order);
        Assert.NotEqual(order, code.Type("OtherModule").Shape);
        Assert.Equal(0UL, code.Type("Empty").Shape);

        // A parameter's name is a part of the signature as written.
        Assert.NotEqual(order, code.Type("BillingModule").Shape);
        var twins = Some.Code("""
            namespace Orders { class OrderModule { public string Name => ""; public void Add(OrderModule other) { } } }
            namespace Billing { class BillingModule { public void Add(BillingModule other) { } public string Name => "b"; } }
            """);
        Assert.Equal(twins.Type("OrderModule").Shape, twins.Type("BillingModule").Shape);
    }

    [Theory]
    [InlineData("class T { public int A { get; set; } }", true)]
    [InlineData("class T { int _a; }", true)]
    [InlineData("struct T { public int A; }", true)]
    [InlineData("record struct T(int A);", true)]
    [InlineData("class T { public int A { get; init; } public int B { get; } readonly int _c; const int D = 1; static int s_e; }", false)]
    [InlineData("record T(int A);", false)]
    [InlineData("readonly record struct T(int A);", false)]
    [InlineData("interface T { int A { get; set; } }", false)]
    public void A_type_is_mutable_when_an_instance_can_change(string text, bool isMutable) => Assert.Equal(isMutable, Some.Code(text).Type("T").IsMutable);

    [Fact]
    public void Top_level_statements_are_a_program_with_one_member()
    {
        var code = Some.Code("""
            using System;
            var greeter = new Greeter();
            greeter.Greet();

            class Greeter { public void Greet() { } }
            """);
        Assert.Equal("Program", code.Types[code.Members.Single(m => m.Kind == CodeMemberKind.TopLevel).Type].FullName);
        Assert.Equal(["Program.<top> -> Greeter.?:2 New", "Program.<top> -> Greeter.Greet:3"], code.Calls());
    }
}
