namespace Conway.CodeFacts;

public sealed class EntryPointTests
{
    private const string Mvc = "using System; using System.Threading; using System.Threading.Tasks; using Microsoft.AspNetCore.Mvc; using Microsoft.AspNetCore.Builder; using Microsoft.AspNetCore.Http; using Microsoft.AspNetCore.Routing; using Microsoft.Extensions.Hosting; using Microsoft.Extensions.DependencyInjection;\n";

    /// <summary><c>Controller GET /orders/{id} OrdersController.Get</c></summary>
    private static string[] Entries(Codebase code) =>
        [.. code.EntryPoints.Select(e => $"{e.Kind} {e.Name} {(e.Member < 0 ? "?" : code.Member(e.Member))}{(e.Schedule is null ? "" : " at " + e.Schedule)}{(e.IsInferred ? " inferred" : "")}")];

    [Fact]
    public void Actions_have_the_routes_of_their_attributes()
    {
        var code = Some.Code(Mvc + """
            [ApiController, Route("api/[controller]")]
            public class OrdersController : ControllerBase
            {
                [HttpGet] public void List() { }
                [HttpGet("{id:int}")] public void Get(int id) { }
                [HttpPost("/place"), HttpPut("place")] public void Place() { }
                [HttpDelete, Route("[action]/{id}")] public Task RemoveAsync(int id) => null;
                [NonAction] public void Helper() { }
                void Hidden() { }
                public static void Shared() { }
            }
            """);
        Assert.Equal(
            [
                "Controller GET /api/Orders OrdersController.List", "Controller DELETE /api/Orders/Remove/{id} OrdersController.RemoveAsync", "Controller PUT /api/Orders/place OrdersController.Place",
                "Controller GET /api/Orders/{id:int} OrdersController.Get", "Controller POST /place OrdersController.Place",
            ], Entries(code));
        Assert.Equal(("a.cs:6", "GET", "/api/Orders/{id:int}"), (code.At(code.EntryPoints[3].Place), code.EntryPoints[3].Method, code.EntryPoints[3].Route));
    }

    [Fact]
    public void Actions_without_a_route_have_that_of_the_convention() =>
        Assert.Equal(["Controller * /Admin/Home/Index HomeController.Index inferred", "Controller POST /Admin/Home/Save HomeController.Save inferred"], Entries(Some.Code(Mvc + """
            public abstract class Basis : Controller { }
            [Area("Admin")] public class HomeController : Basis { public void Index() { } [HttpPost] public void Save() { } }
            """)));

    [Fact]
    public void Actions_of_a_base_belong_to_each_controller() =>
        Assert.Equal(["Controller GET /a Basis.Get", "Controller GET /b BController.Get"], Entries(Some.Code(Mvc + """
            public abstract class Basis : ControllerBase { [HttpGet] public virtual void Get() { } }
            [Route("a")] public class AController : Basis { } [Route("b")] public class BController : Basis { [HttpGet] public override void Get() { } }
            """)));

    [Fact]
    public void What_is_only_called_like_an_entry_is_none() =>
        Assert.Empty(Some.Code(Mvc + """
            public class GameController { public void Get() { } }
            public class Mapper { public void MapGet(string a, Action b) { } public void MapGroup(string a) { } void Go(Mapper m) { m.MapGet("/x", () => { }); } }
            public class Hub1 { public void Send() { } } public class Job { public void Execute() { } } public class PageModel1 { public void OnGet() { } }
            public interface IConsumer { } public class C : IConsumer { public void Consume() { } }
            public class Program { public void Main() { } }
            """).EntryPoints);

    [Fact]
    public void Mapped_endpoints_have_the_prefixes_of_their_groups()
    {
        var code = Some.Files(("A.csproj", Some.Web), ("Program.cs", """
            var app = WebApplication.CreateBuilder(args).Build();
            app.MapGet("/health", () => "ok");
            var api = app.MapGroup("/api").RequireAuthorization();
            api.MapGroup("orders").MapOrders();
            app.Run();
            """), ("Orders.cs", """
            public static class Orders
            {
                const string One = "{id}";
                public static void MapOrders(this IEndpointRouteBuilder routes)
                {
                    routes.MapPost("", Place);
                    var admin = routes.MapGroup("admin");
                    admin.MapDelete(One, (int id) => { });
                    routes.MapGet(System.Environment.NewLine, () => 1);
                }
                static void Place(HttpContext c) { }
            }
            """));
        Assert.Equal(
            [
                "MinimalApi POST /api/orders Orders.Place", "MinimalApi DELETE /api/orders/admin/{id} Orders.DELETE ?", "MinimalApi GET /health Program.GET /health", "MinimalApi GET ? Orders.GET ? inferred",
                "Program start A Program.<top>",
            ], Entries(code));
    }

    [Fact]
    public void Prefixes_are_kept_where_a_package_is_absent_from_the_chain()
    {
        var code = Some.Files(("A.csproj", Some.Library), ("a.cs", Mvc + """
            public class Module { public void Go(IEndpointRouteBuilder e) { var group = e.MapGroup("api/catalog").WithApiVersionSet(null).RequireAuthorization(); group.MapBrands(); group.MapTwice(); } }
            public static class Brands { public static void MapBrands(this IEndpointRouteBuilder e) => e.MapGet("/brands", () => 1); public static void MapTwice(this IEndpointRouteBuilder e) => e.MapGet("/twice", () => 1); }
            public static class Others { public static void MapTwice(this IEndpointRouteBuilder e) { } }
            """));
        Assert.Equal(["GET /api/catalog/brands", "GET /twice"], code.EntryPoints.Select(e => e.Name));
    }

    [Fact]
    public void Hubs_pages_and_grpc_services_are_entries()
    {
        var code = Some.Files(("a.cs", Mvc + """
            using Microsoft.AspNetCore.SignalR; using Grpc.Core;
            public class Chat : Hub { public Task Say(string text) => null; public override Task OnConnectedAsync() => null; private void No() { } }
            public class GreeterService : Greeter.GreeterBase { public override Task<Reply> SayHello(Request r, ServerCallContext context) => null; public void Other() { } }
            class Start { void Go(IEndpointRouteBuilder e) { e.MapHub<Chat>("/chat"); } }
            """), ("Areas/Shop/Pages/Orders/Index.cshtml.cs", "using Microsoft.AspNetCore.Mvc.RazorPages; public class IndexModel : PageModel { public void OnGet() { } public void OnPostPlaceAsync() { } public void OnTime() { } }"));
        Assert.Equal(
            [
                "Page GET /Shop/Orders IndexModel.OnGet inferred", "Page POST /Shop/Orders?handler=Place IndexModel.OnPostPlaceAsync inferred", "Grpc gRPC Greeter/SayHello GreeterService.SayHello inferred",
                "Hub /chat Say Chat.Say",
            ], Entries(code));
    }

    [Fact]
    public void Consumers_jobs_and_hosted_services_are_entries()
    {
        var code = Some.Code(Mvc + """
            using MassTransit; using Hangfire; using Quartz;
            public class OrderPlaced { } public class Shipped { }
            public class Billing : IConsumer<OrderPlaced> { public Task Consume(ConsumeContext<OrderPlaced> context) => null; }
            public class Both : IHandleMessages<OrderPlaced>, IHandleMessages<Shipped> { public Task Handle(OrderPlaced m) => null; public Task Handle(Shipped m) => null; }
            public class Nightly : BackgroundService { protected override Task ExecuteAsync(CancellationToken stop) => null; }
            public class Report : IJob { public Task Execute(IJobExecutionContext c) => null; }
            public class Mail { public void Send() { } void Plan() { RecurringJob.AddOrUpdate<Mail>("mail", m => m.Send(), "0 * * * *"); } }
            """);
        Assert.Equal(
            [
                "Consumer OrderPlaced → Billing Billing.Consume", "Consumer OrderPlaced → Both Both.Handle", "Consumer Shipped → Both Both.Handle", "Job job Mail.Send Mail.Send at 0 * * * *",
                "Job job Report Report.Execute", "Hosted hosted Nightly Nightly.ExecuteAsync",
            ], Entries(code));
        Assert.Equal(2, code.EntryPoints.Where(e => e.Name.EndsWith("Both", StringComparison.Ordinal)).Select(e => e.Member).Distinct().Count());
    }

    [Fact]
    public void Requests_lead_to_their_handlers_and_messages_to_theirs()
    {
        var code = Some.Code("""
            using System.Threading; using System.Threading.Tasks; using MediatR;
            public record Place(int Id) : IRequest<int>; public record Placed(int Id) : INotification; public record Never(int Id);
            public interface ICommand<T> : IRequest<T> { } public record Ship(int Id) : ICommand<int>;
            public interface ICommandHandler<in C, R> : IRequestHandler<C, R> where C : ICommand<R> { }
            public class PlaceHandler : IRequestHandler<Place, int> { public Task<int> Handle(Place p, CancellationToken c) => null; }
            public class ShipHandler : ICommandHandler<Ship, int> { public Task<int> Handle(Ship p, CancellationToken c) => null; }
            public class Decorator<C, R>(ICommandHandler<C, R> inner) : ICommandHandler<C, R> where C : ICommand<R> { public Task<R> Handle(C p, CancellationToken c) => inner.Handle(p, c); }
            public class Tell : INotificationHandler<Placed> { public Task Handle(Placed p, CancellationToken c) => null; }
            public class User(IMediator m) { async Task Go() { await m.Send(new Place(1)); await m.Send(new Ship(1)); await m.Publish(new Placed(1)); Send(new Never(1)); } void Send(Never n) { } }
            """);
        Assert.Equal(["Place PlaceHandler.Handle Request MediatR", "Placed Tell.Handle Event MediatR", "Ship ShipHandler.Handle Request own"],
            code.MessageHandlers.Select(h => $"{code.Types[h.Message].Name} {code.Member(h.Member)} {h.Kind} {h.Library}"));
        Assert.Equal(["Place Request", "Ship Request", "Placed Event"], code.MessageSends.Select(s => $"{code.Types[s.Message].Name} {s.Kind}"));
    }

    [Fact]
    public void The_container_gives_what_it_was_told_to()
    {
        var code = Some.Code(Mvc + """
            interface IA { void X(); } class A1 : IA { public void X() { } } class A2 : IA { public void X() { } }
            interface IB { void X(); } class B : IB { public void X() { } }
            interface IC { void X(); } class C1 : IC { public void X() { } } class C2 : IC { public void X() { } }
            interface ID<T> { void X(); } class D<T> : ID<T> { public void X() { } } class E { }
            class Start { void Go(IServiceCollection s) { s.AddScoped<IA, A2>().AddSingleton<E>(); s.AddTransient(typeof(ID<>), typeof(D<>)); s.AddScoped<IC>(p => new C1()); } }
            class Other { void AddScoped<X, Y>() { } }
            """);
        Assert.Equal(["E E Singleton", "IA A2 Scoped", "IB B Unknown inferred", "IC C1 Scoped", "ID D Transient"],
            code.Registrations.Select(r => $"{code.Types[r.Service].Name} {code.Types[r.Implementation].Name} {r.Lifetime}{(r.IsInferred ? " inferred" : "")}"));
    }
}
