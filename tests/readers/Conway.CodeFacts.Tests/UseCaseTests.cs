namespace Conway.CodeFacts;

public sealed class UseCaseTests
{
    private const string Head = """
        using System.Collections.Generic; using System.Linq; using System.Threading; using System.Threading.Tasks; using Microsoft.AspNetCore.Mvc; using Microsoft.EntityFrameworkCore; using Microsoft.Extensions.DependencyInjection; using MediatR;
        public class Order { public int Id { get; set; } public bool Paid { get; set; } public void Pay() { Paid = true; } } public class Stock { public int Id { get; set; } } public class Log { public int Id { get; set; } }
        public class Db : DbContext { public DbSet<Order> Orders { get; set; } public DbSet<Stock> Stocks { get; set; } public DbSet<Log> Logs { get; set; } }

        """;

    /// <summary><c>GET /a: R:Orders W:Stocks tx 1</c></summary>
    private static string[] UseCases(Codebase code) =>
        [.. code.UseCases.Select(u => $"{code.EntryPoints[u.EntryPoint].Name}: {string.Join(' ', u.Accesses.Select(a => (a.Mode == AccessMode.Write ? "W:" : "R:") + code.Tables[a.Table]))} tx {u.Transactions}{(u.Publishes.IsEmpty ? "" : " publishes " + string.Join(',', u.Publishes.Select(p => code.Types[p].Name)))}")];

    private static Codebase Action(string body, string types) => Some.Code(Head + "[Route(\"a\")] public class C(Db db, IWork work, IMediator mediator) : ControllerBase { [HttpGet] public async Task Get() { " + body + " } }\n" + types);

    [Fact]
    public void Reads_and_writes_stand_in_the_order_in_which_they_run()
    {
        var code = Action("var o = db.Orders.First(); work.Do(o); db.Logs.Add(new Log()); db.SaveChanges();", """
            public interface IWork { void Do(Order o); } public class Work(Db db) : IWork { public void Do(Order o) { o.Pay(); Inner(); } void Inner() { db.Stocks.ToList(); } }
            public class Unused(Db db) { void X() { db.Stocks.RemoveRange(); } }
            """);
        Assert.Equal(["GET /a: R:Orders W:Orders R:Stocks W:Logs tx 1"], UseCases(code));
        var useCase = Assert.Single(code.UseCases);
        Assert.Equal(["C.Get", "Order.Pay", "Work.Do", "Work.Inner"], useCase.Members.Select(code.Member).Order());
        Assert.Equal([0, 2, 2, 0], useCase.Accesses.Select(a => a.Depth));
        Assert.Equal(code.EntryPoints[0].Member, useCase.Members[0]);
    }

    [Fact]
    public void The_container_decides_which_implementation_runs()
    {
        var code = Action("work.Do();", """
            public interface IWork { void Do(); } public class A(Db db) : IWork { public void Do() { db.Orders.ToList(); } } public class B(Db db) : IWork { public void Do() { db.Stocks.ToList(); } }
            class Start { void Go(IServiceCollection s) => s.AddScoped<IWork, B>(); }
            """);
        Assert.Equal(["GET /a: R:Stocks tx 0"], UseCases(code));
        Assert.False(code.UseCases[0].Accesses[0].IsInferred);
    }

    [Fact]
    public void Without_the_container_every_implementation_may_run()
    {
        var code = Action("work.Do();", "public interface IWork { void Do(); } public class A(Db db) : IWork { public void Do() { db.Orders.ToList(); } } public class B(Db db) : IWork { public void Do() { db.Stocks.ToList(); } }");
        Assert.Equal(["GET /a: R:Orders R:Stocks tx 0"], UseCases(code));
        Assert.All(code.UseCases[0].Accesses, a => Assert.True(a.IsInferred));
    }

    [Fact]
    public void Requests_and_events_in_the_process_are_followed_and_messages_of_a_bus_are_not()
    {
        var code = Action("await mediator.Send(new Place()); await mediator.Publish(new Placed()); new Bus().Publish(new Shipped());", """
            public interface IWork { } public class Place : IRequest { } public class Placed : INotification { } public class Shipped { } public class Bus { public void Publish(object o) { } }
            public class H(Db db) : IRequestHandler<Place> { public async Task Handle(Place p, CancellationToken c) { db.Orders.Add(new Order()); } }
            public class N(Db db) : INotificationHandler<Placed> { public async Task Handle(Placed p, CancellationToken c) { db.Logs.Add(new Log()); } }
            public class S(Db db) : IHandleMessages<Shipped> { public async Task Handle(Shipped p) { db.Stocks.ToList(); } }
            """);
        Assert.Equal(["GET /a: W:Orders W:Logs tx 0 publishes Placed,Shipped", "Shipped → S: R:Stocks tx 0"], UseCases(code));
    }

    [Fact]
    public void A_bus_of_the_codebase_reaches_the_handlers_of_what_is_sent_and_no_others()
    {
        var code = Action("new Bus(null).PublishAsync(new Placed());", """
            public interface IWork { } public class Placed { } public class Other { }
            public interface IEventHandler<T> { Task HandleAsync(T happened); }
            public class Bus(IEventHandler<object> any) { public async Task PublishAsync<T>(T e) { foreach (var h in new List<IEventHandler<T>>()) await h.HandleAsync(e); } }
            public class A(Db db) : IEventHandler<Placed> { public async Task HandleAsync(Placed p) { db.Orders.ToList(); } }
            public class B(Db db) : IEventHandler<Other> { public async Task HandleAsync(Other p) { db.Stocks.ToList(); } }
            """);
        Assert.Equal(["GET /a: R:Orders tx 0 publishes Placed"], UseCases(code));
    }

    [Fact]
    public void What_runs_around_a_handler_saves_for_it()
    {
        const string Types = """
            public interface IWork { } public class Place : IRequest<int> { } public class Other { }
            public interface ICommandHandler<T> { Task Handle(T c); } public class Ship { }
            public class PlaceHandler(Db db) : IRequestHandler<Place, int> { public async Task<int> Handle(Place p, CancellationToken c) { db.Orders.Add(new Order()); return 1; } }
            public class ShipHandler(Db db) : ICommandHandler<Ship> { public async Task Handle(Ship s) { db.Stocks.ToList(); } }
            public class Saving<T, R>(Db db) : IPipelineBehavior<T, R> { public async Task<R> Handle(T p, RequestHandlerDelegate<R> next, CancellationToken c) { var r = await next(); db.SaveChanges(); return r; } }
            public class Decorator<T>(ICommandHandler<T> inner, Db db) : ICommandHandler<T> { public async Task Handle(T s) { await inner.Handle(s); db.Logs.Add(new Log()); } }
            """;
        Assert.Equal(["GET /a: W:Orders tx 1"], UseCases(Action("await mediator.Send(new Place());", Types)));
        Assert.Equal(["GET /a: W:Logs R:Stocks tx 1"], UseCases(Action("Send(new Ship()); void Send(object o) { }", Types)));
        Assert.Equal(["GET /a:  tx 0"], UseCases(Action("Send(new Other()); void Send(object o) { }", Types)));
    }

    [Fact]
    public void A_class_that_wraps_a_service_reaches_what_it_wraps()
    {
        var code = Action("work.Do();", """
            public interface IWork { void Do(); } public class Real(Db db) : IWork { public void Do() { db.Orders.ToList(); } } public class Cached(IWork inner) : IWork { public void Do() => inner.Do(); }
            class Start { void Go(IServiceCollection s) => s.AddScoped<Real>().AddScoped<IWork>(p => new Cached(p.GetRequiredService<Real>())); }
            """);
        Assert.Equal(["GET /a: R:Orders tx 0"], UseCases(code));
    }

    [Fact]
    public void A_base_calls_what_its_own_class_overrides_and_not_what_others_do()
    {
        var code = Action("new A(db).Run();", """
            public interface IWork { } public abstract class Basis { public void Run() => Step(); protected abstract void Step(); }
            public class A(Db db) : Basis { protected override void Step() { db.Orders.ToList(); } } public class B(Db db) : Basis { protected override void Step() { db.Stocks.ToList(); } }
            """);
        Assert.Equal(["GET /a: R:Orders tx 0"], UseCases(code));
    }

    [Fact]
    public void Circles_and_recursion_end()
    {
        var code = Action("A(3);", "public interface IWork { }");
        Assert.Single(code.UseCases);
        code = Some.Code(Head + "[Route(\"a\")] public class C(Db db) : ControllerBase { [HttpGet] public void Get() { X(); } void X() { Y(); } void Y() { X(); Y(); Get(); db.Orders.ToList(); } }");
        Assert.Equal(["GET /a: R:Orders tx 0"], UseCases(code));
        Assert.False(code.UseCases[0].IsCut);
    }

    [Fact]
    public void A_walk_that_goes_too_deep_is_cut_and_says_so()
    {
        var chain = string.Concat(Enumerable.Range(0, 60).Select(i => $"void M{i}() {{ M{i + 1}(); }} ")) + "void M60() { db.Orders.ToList(); }";
        var code = Some.Code(Head + "[Route(\"a\")] public class C(Db db) : ControllerBase { [HttpGet] public void Get() { M0(); } " + chain + " }");
        Assert.Equal(["GET /a:  tx 0"], UseCases(code));
        Assert.True(code.UseCases[0].IsCut);
        Assert.Equal(["a.cs:4:1 CW1619 'GET /a' calls on over 40 levels, or reaches more than 4000 members."], code.FindingLines());
    }

    [Fact]
    public void The_same_files_give_the_same_use_cases_whatever_the_number_of_threads()
    {
        (string, string)[] files = [("h.cs", Head), .. Enumerable.Range(0, 20).Select(i => ($"f{i}.cs", $"using Microsoft.AspNetCore.Mvc; using System.Linq; [Route(\"r{i % 7}\")] public class C{i}(Db db, S{(i * 3) % 20} s) : ControllerBase {{ [HttpGet] public void Get() {{ s.Do(); db.Orders.ToList(); }} }} public class S{i}(Db db) {{ public void Do() {{ db.Stocks.Add(new Stock()); }} }}"))];
        string Shown(int threads)
        {
            var code = Some.Read(Some.Tree(files), new CodebaseOptions { Parallelism = threads });
            return string.Join('\n', [.. UseCases(code), .. code.EntryPoints.Select(e => e.ToString()), .. code.Accesses.Select(a => a.ToString())]);
        }

        var one = Shown(1);
        Assert.Contains("W:Stocks R:Orders", one, StringComparison.Ordinal);
        Assert.Equal(one, Shown(8));
    }
}
