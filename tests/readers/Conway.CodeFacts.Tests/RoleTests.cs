namespace Conway.CodeFacts;

public sealed class RoleTests
{
    private const string Head = "using System; using System.Linq; using System.Threading; using System.Threading.Tasks; using Microsoft.AspNetCore.Mvc; using Microsoft.AspNetCore.Http; using Microsoft.AspNetCore.Builder; using Microsoft.Extensions.Hosting; using Microsoft.Extensions.DependencyInjection; using Microsoft.Extensions.Options; using Microsoft.Extensions.Configuration; using Microsoft.EntityFrameworkCore; using Microsoft.EntityFrameworkCore.Metadata.Builders; using MediatR;\n";

    private static string[] Roles(string code) => [.. Some.Code(Head + code).Types.Where(t => t.Roles != TypeRoles.None).Select(t => $"{t.Name}: {t.Roles}")];

    [Fact]
    public void What_is_stored_and_what_stores_it() =>
        Assert.Equal(["Address: ValueObject", "Db: StoreContext", "IOrderRepository: Repository", "Map: Mapping", "Money: ValueObject", "Order: Entity", "OrderRepository: Repository"], Roles("""
            class Order { public int Id { get; set; } public Address To { get; set; } public Money Total { get; set; } } class Address { } class Money { }
            class Map : IEntityTypeConfiguration<Order> { public void Configure(EntityTypeBuilder<Order> b) { b.OwnsOne(o => o.To); b.ComplexProperty(o => o.Total); } }
            class Db : DbContext { public DbSet<Order> Orders { get; set; } }
            interface IOrderRepository { Order Get(); } class OrderRepository(Db db) : IOrderRepository { public Order Get() => db.Orders.First(); }
            class OrderService(IOrderRepository orders) { public Order Get() => orders.Get(); }
            """));

    [Fact]
    public void What_takes_work_from_outside_and_what_it_carries() =>
        Assert.Equal(
            [
                "Ask: Request, Contract", "AskHandler: Handler", "Happened: Event, Contract", "HappenedHandler: Handler", "Line: Contract", "Nightly: Background", "OrderDto: Contract", "OrdersController: Endpoint", "State: Contract",
            ], Roles("""
            public enum State { Open } public class Line { public int Count { get; set; } } public class OrderDto { public State State { get; set; } public Line[] Lines { get; set; } }
            public class Helper { public void Do() { } } public class Unused { public int A { get; set; } }
            public class OrdersController : ControllerBase { [HttpGet("x")] public OrderDto Get(Helper h) => null; }
            public class Nightly : BackgroundService { protected override Task ExecuteAsync(CancellationToken c) => null; }
            public class Ask : IRequest { public int A { get; set; } } public class AskHandler : IRequestHandler<Ask> { public Task Handle(Ask a, CancellationToken c) => null; }
            public class Happened : INotification { } public class HappenedHandler : INotificationHandler<Happened> { public Task Handle(Happened a, CancellationToken c) => null; }
            """));

    [Fact]
    public void What_holds_the_program_together() =>
        Assert.Equal(["Composition: Composition, Extensions", "MarkAttribute: Attribute", "Middle: Pipeline", "OrderValidator: Validator", "ShopException: Exception", "ShopOptions: Options", "Startup: Composition", "Texts: Extensions"], Roles("""
            public static class Composition { public static void AddShop(this IServiceCollection s) { } } public static class Texts { public static string Cut(this string s) => s; }
            public class MarkAttribute : Attribute { } public class Middle(RequestDelegate next) { public Task InvokeAsync(HttpContext c) => next(c); } public class ShopException : Exception { }
            public class OrderValidator : AbstractValidator<int> { } public class ShopOptions { public int A { get; set; } } public class User(IOptions<ShopOptions> o) { }
            public class Startup { public void ConfigureServices(IServiceCollection s) { } }
            """));

    [Fact]
    public void What_is_only_called_like_a_role_has_none() =>
        Assert.Empty(Roles("""
            public class OrderEntity { public int Id { get; set; } } public class PaymentController { public void Get() { } } public class ShopDbContext { } public class JobOptions { public int A { get; set; } }
            public class OrderEvent { public int A { get; set; } } public class PlaceCommand { public int A { get; set; } } public class AuditMiddleware { public void Invoke() { } } public class CleanupJob { public void Execute() { } }
            public static class Utility { public static int Twice(int a) => 2 * a; } public class ExceptionText { } public class ValidatorOfNothing { public void Validate() { } }
            """));
}
