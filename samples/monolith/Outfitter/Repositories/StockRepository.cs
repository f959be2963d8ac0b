using Microsoft.EntityFrameworkCore;
using Outfitter.Common;
using Outfitter.Entities;
using Outfitter.Infrastructure;

namespace Outfitter.Repositories;

public interface IStockRepository : IRepository<StockItem>
{
    Task<IReadOnlyList<StockItem>> OfProductAsync(int productId, CancellationToken ct);

    Task<int> AvailableAsync(int productId, CancellationToken ct);

    /// <summary>Sets so many aside, if they are there at this moment; one statement, so that nobody comes between.</summary>
    Task<bool> TryReserveAsync(int stockItemId, int quantity, CancellationToken ct);

    Task ChangeAsync(int productId, int warehouseId, int onHand, int reserved, CancellationToken ct);
}

public sealed class StockRepository(ShopDbContext db, Clock clock) : EfRepository<StockItem>(db), IStockRepository
{
    public async Task<IReadOnlyList<StockItem>> OfProductAsync(int productId, CancellationToken ct) =>
        await Query().AsNoTracking().Include(s => s.Warehouse).Where(s => s.ProductId == productId).OrderBy(s => s.Warehouse.Preference).ToListAsync(ct);

    public Task<int> AvailableAsync(int productId, CancellationToken ct) =>
        Query().Where(s => s.ProductId == productId).SumAsync(s => s.OnHand - s.Reserved, ct);

    public async Task<bool> TryReserveAsync(int stockItemId, int quantity, CancellationToken ct)
    {
        var now = clock.Now;
        var rows = await Query()
            .Where(s => s.Id == stockItemId && s.OnHand - s.Reserved >= quantity)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(s => s.Reserved, s => s.Reserved + quantity)
                    .SetProperty(s => s.Version, s => s.Version + 1)
                    .SetProperty(s => s.UpdatedAt, now),
                ct);
        return rows == 1;
    }

    public async Task ChangeAsync(int productId, int warehouseId, int onHand, int reserved, CancellationToken ct)
    {
        var now = clock.Now;
        var rows = await Query()
            .Where(s => s.ProductId == productId && s.WarehouseId == warehouseId && s.OnHand + onHand >= s.Reserved + reserved && s.Reserved + reserved >= 0)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(s => s.OnHand, s => s.OnHand + onHand)
                    .SetProperty(s => s.Reserved, s => s.Reserved + reserved)
                    .SetProperty(s => s.Version, s => s.Version + 1)
                    .SetProperty(s => s.UpdatedAt, now),
                ct);
        if (rows != 1)
            throw new ConflictException($"Stock of product {productId} in warehouse {warehouseId} does not allow a change by {onHand} on hand and {reserved} reserved.");
    }
}
