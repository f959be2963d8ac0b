using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Shop.Orders.Fulfilment;

/// <summary>Takes orders that are due and brings each one step further, several at a time, until the process ends.</summary>
internal sealed partial class Fulfilment(OrdersDb db, OrderBell bell, IServiceScopeFactory scopes, ILogger<Fulfilment> log) : BackgroundService
{
    /// <summary>Named as the application, so its spans are recorded without being asked for.</summary>
    private static readonly ActivitySource Source = new("Shop.Orders");

    private static readonly TimeSpan LookAtLeastEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AskShippingEvery = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan BackOffMax = TimeSpan.FromSeconds(30);

    // Longer than a step with all its calls can take. After it another replica may take over.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    // A replica keeps its port over restarts, so it knows its own leases again.
    private readonly string _replica = Environment.GetEnvironmentVariable("PORT") ?? "alone";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (db.Unclaim(_replica) is > 0 and var left)
            Continuing(left);
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = stoppingToken };
        await Parallel.ForEachAsync(Due(stoppingToken), atOnce, Advance);
    }

    private async IAsyncEnumerable<Order> Due([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            if (db.Claim(_replica, Lease) is { } order)
                yield return order;
            else
                await bell.Wait(LookAtLeastEvery, cancellationToken);
        }
    }

    private async ValueTask Advance(Order order, CancellationToken cancellationToken)
    {
        // In the trace of the request that placed the order, however long ago that was.
        using var span = Source.StartActivity($"order {order.Status}", ActivityKind.Internal, order.Traceparent);
        span?.SetTag("shop.order", order.Id);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var next = await scope.ServiceProvider.GetRequiredService<OrderSteps>().Next(order, cancellationToken);
            db.Save(next with { Attempts = 0 }, WaitAfter(order, next));
            if (next.Status != order.Status)
                Reached(order.Id, next.Status, next.Reason);
            span?.SetTag("shop.order.status", next.Status.ToString());
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            var wait = BackOff(order.Attempts);
            db.Save(order with { Attempts = order.Attempts + 1 }, wait);
            WillTryAgain(order.Id, order.Status, wait.TotalMilliseconds, failure.Message);
            span?.SetStatus(ActivityStatusCode.Error, failure.Message);
        }
    }

    private static TimeSpan? WaitAfter(Order before, Order after) => after.Status switch
    {
        OrderStatus.Shipped or OrderStatus.Rejected or OrderStatus.Refused => null,
        OrderStatus.Paid when before.Status == OrderStatus.Placed => TimeSpan.Zero,
        _ => AskShippingEvery,
    };

    // 250 ms, 500 ms, 1 s, … 30 s: somebody is looking at the page, and nobody must be hammered.
    private static TimeSpan BackOff(int attempts)
    {
        var wait = TimeSpan.FromMilliseconds(250 << Math.Min(attempts, 10));
        return wait < BackOffMax ? wait : BackOffMax;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Continuing {Orders} orders that were left when this replica stopped")]
    private partial void Continuing(int orders);

    [LoggerMessage(Level = LogLevel.Information, Message = "Order {Order} is {Status} {Reason}")]
    private partial void Reached(string order, OrderStatus status, string? reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Order {Order} stays {Status}, next try in {Wait} ms: {Why}")]
    private partial void WillTryAgain(string order, OrderStatus status, double wait, string why);
}
