using Outfitter.Infrastructure;
using Outfitter.Repositories;
using Outfitter.Services;

namespace Outfitter.Events.Handlers;

/// <summary>Asks a customer what the goods are like.</summary>
public sealed class ReviewInvitationHandler(IOrderRepository orders, IEmailSender email, UnitOfWork work) : IEventHandler<ShipmentDelivered>
{
    public async Task HandleAsync(ShipmentDelivered happened, CancellationToken ct)
    {
        var order = await orders.GetAsync(happened.OrderId, ct);
        if (!order.Customer.WantsNewsletter)
            return;
        email.Send(order.Customer.Email, "How do you like it?", EmailTemplates.ReviewInvitation(order));
        await work.SaveAsync(ct);
    }
}
