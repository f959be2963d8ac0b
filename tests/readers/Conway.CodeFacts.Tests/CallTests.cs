namespace Conway.CodeFacts;

public sealed class CallTests
{
    [Fact]
    public void Calls_stand_in_the_order_in_which_they_run_on_a_straight_path()
    {
        var code = Some.Code("""
            class Store { public int Read() => 1; public void Write(int i) { } public Store Open() => this; }
            class User
            {
                void Go(Store store)
                {
                    store.Write(store.Read());
                    store.Open().Write(2);
                    Step();
                }
                void Step() { }
            }
            """);
        Assert.Equal(
            ["User.Go -> Store.Read:6", "User.Go -> Store.Write:6", "User.Go -> Store.Open:7", "User.Go -> Store.Write:7", "User.Go -> User.Step:8"],
            code.Calls());
    }

    [Fact]
    public void Calls_in_loops_are_marked_and_those_of_database_queries_are_not()
    {
        var code = Some.Code("""
            using System.Collections.Generic;
            using System.Linq;
            class Api { public int Get(int i) => i; public IEnumerable<int> All() => []; }
            class User
            {
                void Go(Api api, IQueryable<int> rows, List<int> list)
                {
                    foreach (var i in api.All()) api.Get(i);
                    for (var i = api.Get(0); i < 3; i++) { api.Get(i); }
                    while (api.Get(1) > 0) { }
                    do { api.Get(9); } while (false);
                    list.Select(i => api.Get(i)).ToList();
                    list.ForEach(i => api.Get(i));
                    rows.Select(i => api.Get(i)).ToList();
                    var q = from i in list select api.Get(i);
                    var r = from i in rows select api.Get(i);
                    System.Func<int, int> f = i => api.Get(i);
                }
            }
            """);
        Assert.Equal(
            [
                "8 All", "8 Get InLoop", "9 Get", "9 Get InLoop", "10 Get InLoop", "11 Get InLoop", "12 Get InLoop", "13 Get InLoop", "14 Get", "15 Get InLoop", "16 Get", "17 Get",
            ],
            code.Calls.Select(c => $"{c.Place.Line} {code.Members[c.To].Name}{(c.InLoop ? " InLoop" : "")}"));
    }

    [Fact]
    public void A_call_through_an_interface_is_a_call_of_the_interface() =>
        Assert.Equal(["User.Go -> IStore.Save:3 Awaited", "User.Go -> IStore.Save:3 Awaited"], Some.Code("""
            using System.Threading.Tasks;
            interface IStore { Task Save(); } class Store : IStore { public Task Save() => Task.CompletedTask; }
            class User { async Task Go(IStore store) { await store.Save(); await store.Save().ConfigureAwait(false); } }
            """).Calls());

    [Fact]
    public void Extension_methods_generic_methods_and_handed_on_methods_are_calls()
    {
        var code = Some.Code("""
            using System;
            using System.Linq;
            static class Ext { public static string Shown(this int i) => ""; public static T Same<T>(this T t) => t; }
            class User
            {
                void Go(int[] all)
                {
                    3.Shown();
                    "x".Same<string>();
                    all.Select(Map).ToList();
                    Action a = Other.Run;
                }
                int Map(int i) => i;
            }
            static class Other { public static void Run() { } }
            """);
        Assert.Equal(["User.Go -> Ext.Shown:8", "User.Go -> Ext.Same:9", "User.Go -> User.Map:10", "User.Go -> Other.Run:11"], code.Calls());
    }

    [Fact]
    public void Properties_with_a_body_are_followed_and_plain_ones_are_not() =>
        Assert.Equal(["User.Go -> Order.Total:2 Property"], Some.Code("""
            class Order { public int Total => Sum(); public int Plain { get; set; } int Sum() => 1; }
            class User { int Go(Order o) => o.Total + o.Plain; }
            """).Calls().Where(c => c.StartsWith("User", StringComparison.Ordinal)));

    [Fact]
    public void Constructors_are_calls_with_the_constructor_that_runs()
    {
        var code = Some.Code("""
            class Base { protected Base(int i) { } }
            class Order : Base { public Order() : this(1) { } public Order(int i) : base(i) { } }
            class Primary(Order order) { Order o = order; }
            class User { void Go() { new Order(); Order b = new(2); new Primary(b); new User(); } }
            """);
        Assert.Equal(
            [
                "Order..ctor -> Order..ctor:2 New", "Order..ctor -> Base..ctor:2 New",
                "User.Go -> Order..ctor:4 New", "User.Go -> Order..ctor:4 New", "User.Go -> Primary..ctor:4 New", "User.Go -> User.?:4 New",
            ],
            code.Calls());
    }

    [Fact]
    public void Overloads_that_do_not_quite_fit_are_still_calls_of_their_type() =>
        Assert.Equal(["User.Go -> Store.Save:2"], Some.Code("""
            class Store { public void Save(string s) { } public void Save(string s, int i) { } }
            class User { void Go(Store store) { store.Save(new Missing()); } }
            """).Calls());

    [Fact]
    public void The_lambda_of_an_endpoint_is_a_member_of_its_own()
    {
        var code = Some.Code("""
            using Microsoft.AspNetCore.Builder;
            class Orders { public int All() => 1; }
            static class Endpoints
            {
                public static void Map(WebApplication app)
                {
                    app.MapGet("/orders", (Orders orders) => orders.All());
                    app.MapPost("/orders/{id}", (int id, Orders orders) => { orders.All(); });
                    app.MapDelete("/orders", Delete);
                }
                static void Delete() { }
            }
            """);
        Assert.Equal(["Map", "GET /orders", "POST /orders/{id}", "Delete"], code.MembersOf(code.Type("Endpoints")).ToArray().Select(m => m.Name));
        Assert.Equal(["Endpoints.Map -> Endpoints.Delete:9", "Endpoints.GET /orders -> Orders.All:7", "Endpoints.POST /orders/{id} -> Orders.All:8"], code.Calls());
    }

    [Fact]
    public void Local_functions_and_lambdas_belong_to_the_member_around_them() =>
        Assert.Equal(["User.Go -> Store.Save:4", "User.Go -> Store.Save:5"], Some.Code("""
            class Store { public void Save() { } }
            class User { void Go(Store store) {
                Inner();
                void Inner() { store.Save(); }
                System.Action a = () => { store.Save(); };
            } }
            """).Calls());
}
