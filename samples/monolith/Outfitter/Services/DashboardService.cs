using Microsoft.EntityFrameworkCore;
using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Entities;
using Outfitter.Infrastructure;
using Outfitter.Repositories;

namespace Outfitter.Services;

public sealed class DashboardService(ShopDbContext db, IProductRepository products, Clock clock)
{
    private const int DaysShown = 14;
    private const int ProductsShown = 10;

    public async Task<DashboardDto> GetAsync(CancellationToken ct)
    {
        var today = clock.Now.Date;
        var placed = db.Orders.AsNoTracking().Where(o => o.PlacedAt >= today && o.Status != OrderStatus.Cancelled);
        var since = DateOnly.FromDateTime(today).AddDays(-DaysShown);
        var runningOut = await db.StockItems
            .Where(s => s.Product.Status == ProductStatus.Active)
            .GroupBy(s => s.ProductId)
            .Where(g => g.Sum(s => s.OnHand - s.Reserved) <= g.Sum(s => s.ReorderPoint))
            .OrderBy(g => g.Sum(s => s.OnHand - s.Reserved)).ThenBy(g => g.Key)
            .Select(g => g.Key)
            .Take(ProductsShown)
            .ToListAsync(ct);
        return new DashboardDto(
            await placed.CountAsync(ct),
            new Money(await placed.SumAsync(o => o.Total.Cents, ct)),
            await db.Orders.GroupBy(o => o.Status).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct),
            await db.Shipments.CountAsync(s => s.Status == ShipmentStatus.Pending, ct),
            await db.ReturnRequests.CountAsync(r => r.Status == ReturnStatus.Requested, ct),
            await db.Reviews.CountAsync(r => r.Status == ReviewStatus.Pending, ct),
            await db.Baskets.CountAsync(b => b.Items.Count > 0, ct),
            await db.Customers.CountAsync(c => c.CreatedAt >= today, ct),
            await products.SummariesAsync(runningOut, ct),
            [.. (await db.DailySales.AsNoTracking().Where(d => d.Day >= since).OrderBy(d => d.Day).ThenBy(d => d.Channel).ToListAsync(ct)).Select(ToRow)]);
    }

    private static SalesReportRow ToRow(DailySales day) => new($"{day.Day:yyyy-MM-dd} {day.Channel}", day.Orders, day.Pieces, day.Revenue, day.Discounts);
}
