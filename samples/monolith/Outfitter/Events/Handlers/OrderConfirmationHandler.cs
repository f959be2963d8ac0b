using Outfitter.Infrastructure;
using Outfitter.Repositories;
using Outfitter.Services;

namespace Outfitter.Events.Handlers;

/// <summary>Writes to the customer that the order has arrived.</summary>
public sealed class OrderConfirmationHandler(IOrderRepository orders, IEmailSender email, UnitOfWork work) : IEventHandler<OrderPlaced>
{
    public async Task HandleAsync(OrderPlaced happened, CancellationToken ct)
    {
        var order = await orders.GetAsync(happened.OrderId, ct);
        email.Send(order.Customer.Email, $"Your order {order.Number}", EmailTemplates.OrderConfirmation(order));
        await work.SaveAsync(ct);
    }
}
