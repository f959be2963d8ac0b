using Conway.Checks.Graph;

namespace Conway.Checks.Tests;

public sealed class ImpactTests
{
    private const string System = """
        conway: 1
        system: x
        services:
          web: { command: ./x, calls: { orders: {}, ads: {} } }
          orders: { command: ./x, calls: { stock: { required: true }, mail: {} }, publishes: [OrderPlaced], consumes: [Paid] }
          stock: { command: ./x, calls: { db: { required: true } } }
          db: { command: ./x }
          mail: { command: ./x, consumes: [OrderPlaced] }
          ads: { command: ./x }
          pay: { command: ./x, publishes: [Paid], calls: { stock: { required: true } } }
        gateway: { routes: [{ path: "/o/**", to: orders }, { path: "/**", to: web }] }
        sagas:
          buy: { owner: web, steps: [{ call: pay.charge }, { call: mail.send }, { call: stock.take }] }
          restock: { owner: stock, steps: [{ call: db.write }] }
        """;

    [Fact]
    public void Who_requires_it_fails_with_all_that_require_them_and_who_calls_them_degrades()
    {
        var impact = Impact.Of(Checking.Read(System).Model, "db");
        Assert.Equal(["stock -> db", "orders -> stock -> db", "pay -> stock -> db"], impact.Fails.Select(one => string.Join(" -> ", one.Chain)));
        Assert.Equal(["web -> orders -> stock -> db"], impact.Degrades.Select(one => string.Join(" -> ", one.Chain)));
        Assert.Equal(["/o/**"], impact.Routes.Select(route => route.Path));
        Assert.Equal([new StoppedSaga("buy", 1, "pay.charge"), new StoppedSaga("restock", 0, "stock")], impact.Sagas);
        Assert.Equal(["OrderPlaced True mail"], impact.Events.Where(one => one.Event == "OrderPlaced").Select(one => $"{one.Event} {one.IsSilent} {string.Join(',', one.Services)}"));
    }

    [Fact]
    public void A_consumer_that_is_gone_leaves_its_events_waiting_and_takes_nobody_along()
    {
        var impact = Impact.Of(Checking.Read(System).Model, "mail");
        Assert.Empty(impact.Fails);
        Assert.Equal(["orders"], impact.Degrades.Select(one => one.Service));
        Assert.Equal(["OrderPlaced False mail"], impact.Events.Select(one => $"{one.Event} {one.IsSilent} {string.Join(',', one.Services)}"));
        Assert.Equal([new StoppedSaga("buy", 2, "mail.send")], impact.Sagas);
    }

    [Fact]
    public void A_circle_of_required_calls_ends_and_nothing_needs_what_nothing_names()
    {
        var circle = Checking.Read("conway: 1\nsystem: x\nservices:\n  a: { command: ./x, calls: { b: { required: true } } }\n  b: { command: ./x, calls: { a: { required: true } } }\n  c: { command: ./x }\n").Model;
        Assert.Equal(["b"], Impact.Of(circle, "a").Fails.Select(one => one.Service));
        var none = Impact.Of(circle, "c");
        Assert.Equal(0, none.Fails.Count + none.Degrades.Count + none.Routes.Count + none.Sagas.Count + none.Events.Count);
    }
}
