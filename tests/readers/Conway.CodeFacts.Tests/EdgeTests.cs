namespace Conway.CodeFacts;

public sealed class EdgeTests
{
    [Fact]
    public void Each_way_in_which_one_type_uses_another_is_an_edge_of_its_own_kind()
    {
        var code = Some.Code("""
            using System;
            using System.Collections.Generic;
            class Base { protected void Log() { } }
            interface IPay { void Pay(Money money); }
            class MarkAttribute : Attribute { }
            class Money { public static Money Zero = new Money(); public decimal Amount { get; set; } }
            class Line { }
            enum State { New, Paid }
            class Gateway { public void Send(object o) { } }
            [Mark]
            class Order : Base, IPay
            {
                private readonly List<Line> _lines = new();
                private State _state = State.New;
                public void Pay(Money money)
                {
                    var gateway = new Gateway();
                    gateway.Send(money.Amount);
                    gateway.Send(Money.Zero);
                    Log();
                    object o = (Line)null!;
                    Type t = typeof(Line);
                }
            }
            """);
        Assert.Equal(
            [
                "IPay -> Money Signature 1 a.cs:4",
                "Order -> Base Base 1 a.cs:11",
                "Order -> Base Call 1 a.cs:20",
                "Order -> Gateway Call 2 a.cs:18 a.cs:19",
                "Order -> Gateway New 1 a.cs:17",
                "Order -> IPay Base 1 a.cs:11",
                "Order -> Line Field 1 a.cs:13",
                "Order -> Line Mention 2 a.cs:21 a.cs:22",
                "Order -> MarkAttribute Attribute 1 a.cs:10",
                "Order -> Money Signature 1 a.cs:15",
                "Order -> Money Mention 2 a.cs:18 a.cs:19",
                "Order -> State Field 1 a.cs:14",
                "Order -> State Mention 1 a.cs:14",
            ],
            code.Edges());
    }

    [Fact]
    public void Names_are_found_wherever_a_type_can_stand()
    {
        var code = Some.Code("""
            using System;
            using System.Collections.Generic;
            class A { } class B { } class C { } class D { } class E { } class F { } class G { } class H : Exception { } class I { } class J { } class K { } class L { } class M { } class N { public static void Go() { } }
            class P<T> { public static P<T> Make() => new(); }
            class User<T> where T : A
            {
                B[] b;
                C? c;
                (D, int) d;
                Dictionary<string, List<E>> e;
                object Do(object x, IEnumerable<object> all)
                {
                    if (x is F f) return f;
                    if (x is G) return x;
                    try { } catch (H) { }
                    foreach (I i in all) { }
                    switch (x) { case J: break; case K { }: break; }
                    var l = default(L);
                    Func<M, int> m = (M q) => 1;
                    N.Go();
                    return P<A>.Make();
                }
            }
            """);
        Assert.Equal(
            [
                "User -> A Mention", "User -> B Field", "User -> C Field", "User -> D Field", "User -> E Field", "User -> F Mention", "User -> G Mention", "User -> H Mention",
                "User -> I Mention", "User -> J Mention", "User -> K Mention", "User -> L Mention", "User -> M Mention", "User -> N Call", "User -> P Call",
            ],
            code.EdgeKinds());
    }

    [Fact]
    public void A_type_of_a_base_list_is_a_base_and_its_arguments_are_mentioned() =>
        Assert.Equal(["PlaceHandler -> IHandler Base", "PlaceHandler -> Place Mention"],
            Some.Code("class Place { } interface IHandler<T> { } class PlaceHandler : IHandler<Place> { }").EdgeKinds());

    [Fact]
    public void What_is_not_of_the_codebase_and_the_type_itself_make_no_edge() =>
        Assert.Empty(Some.Code("""
            using System.Collections.Generic;
            class Order
            {
                private readonly List<string> _names = new();
                private Order? _previous;
                public Order Copy(Order other) { other._names.Add("x"); return new Order { _previous = this }; }
            }
            """).Edges);

    [Fact]
    public void A_property_that_is_called_like_its_type_is_not_taken_for_the_type()
    {
        var code = Some.Code("""
            class Customer { public string Name = ""; public static int Count; }
            class Order
            {
                public Customer Customer { get; set; } = null!;
                string A() => Customer.Name;
                int B() => Customer.Count;
            }
            """);
        Assert.Equal(["Order -> Customer Field 1 a.cs:4", "Order -> Customer Mention 2 a.cs:5 a.cs:6"], code.Edges());
    }

    [Fact]
    public void A_name_that_was_not_bound_but_fits_one_type_in_scope_is_an_inferred_edge()
    {
        var code = Some.Files(
            ("a.cs", "namespace Shop.Orders { class Order { } class Cart { } }"),
            ("b.cs", "namespace Shop.Billing { class Invoice { Order o; Unknown<Cart> c; Missing m; } }"));
        Assert.Equal(["Invoice -> Cart Field 1/1 b.cs:1", "Invoice -> Order Field 1/1 b.cs:1"], code.Edges());
        Assert.All(code.Edges, e => Assert.True(e.IsInferred));
        Assert.Equal(2, code.Coverage.NamesInferred);
    }

    [Fact]
    public void A_name_that_fits_two_types_equally_is_not_guessed() =>
        Assert.Empty(Some.Files(
            ("a.cs", "namespace Shop.Orders { class Order { } }"),
            ("b.cs", "namespace Shop.Sales { class Order { } }"),
            ("c.cs", "namespace Shop.Billing { class Invoice { Order o; } }")).Edges);

    [Fact]
    public void A_type_of_the_wrong_arity_is_not_guessed() =>
        Assert.Empty(Some.Files(
            ("a.cs", "namespace Shop.Orders { class Page<T> { } }"),
            ("c.cs", "namespace Shop.Billing { class Invoice { Page o; } }")).Edges);

    [Fact]
    public void A_call_on_something_of_an_absent_package_that_is_called_like_a_type_is_inferred()
    {
        var code = Some.Files(
            ("a.cs", "namespace Shop.Orders { public class Order { public void Pay() { } } }"),
            ("b.cs", "using Package; namespace Shop.Billing { class Invoice { void Go(Order order) { order.Pay(); } } }"));
        Assert.Equal(["Invoice -> Order Call 1/1 b.cs:1", "Invoice -> Order Signature 1/1 b.cs:1"], code.Edges());
        Assert.Equal(["Invoice.Go -> Order.Pay:1 Inferred"], code.Calls());
    }

    [Fact]
    public void Usings_of_one_project_are_not_in_force_in_another()
    {
        var code = Some.Files(
            ("A/A.csproj", """<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><Using Include="Orders" /></ItemGroup></Project>"""),
            ("A/T.cs", "namespace Orders { public class Product { } } namespace Billing { public class Thing { } }"),
            ("A/U.cs", "namespace Other { class UserA { Product p; } }"),
            ("B/B.csproj", Some.Library),
            ("B/Globals.cs", "global using Catalog;"),
            ("B/T.cs", "namespace Catalog { public class Product { } }"),
            ("B/U.cs", "namespace Other { class UserB { Product p; } }"));
        Assert.Equal(["UserA -> Orders.Product", "UserB -> Catalog.Product"], code.Edges.Select(e => $"{code.Types[e.From].Name} -> {code.Types[e.To].FullName}"));
        Assert.Equal(0, code.Coverage.NamesInferred);
    }
}
