using Outfitter.Infrastructure;
using Outfitter.Repositories;
using Outfitter.Services;

namespace Outfitter.Events.Handlers;

/// <summary>Points are given when the goods have arrived, not when they are paid.</summary>
public sealed class AwardPointsHandler(IOrderRepository orders, LoyaltyService loyalty) : IEventHandler<ShipmentDelivered>
{
    public async Task HandleAsync(ShipmentDelivered happened, CancellationToken ct) =>
        await loyalty.EarnAsync(await orders.GetAsync(happened.OrderId, ct), ct);
}
