using Microsoft.EntityFrameworkCore;
using Outfitter.Infrastructure;

namespace Outfitter.Events.Handlers;

/// <summary>Keeps at each product how often it was sold, so that lists can be sorted by it.</summary>
public sealed class SoldCountHandler(ShopDbContext db) : IEventHandler<OrderPlaced>, IEventHandler<OrderCancelled>
{
    public Task HandleAsync(OrderPlaced happened, CancellationToken ct) => CountAsync(happened.OrderId, 1, ct);

    public Task HandleAsync(OrderCancelled happened, CancellationToken ct) => CountAsync(happened.OrderId, -1, ct);

    private async Task CountAsync(int orderId, int sign, CancellationToken ct)
    {
        var lines = await db.OrderLines.Where(l => l.OrderId == orderId).Select(l => new { l.ProductId, l.Quantity }).ToListAsync(ct);
        foreach (var line in lines)
        {
            await db.Products
                .Where(p => p.Id == line.ProductId)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.SoldCount, p => p.SoldCount + sign * line.Quantity), ct);
        }
    }
}
