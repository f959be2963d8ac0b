using Microsoft.EntityFrameworkCore;
using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Entities;
using Outfitter.Infrastructure;
using Outfitter.Mapping;
using Outfitter.Repositories;

namespace Outfitter.Services;

public interface IStockService
{
    Task<IReadOnlyList<StockLevelDto>> LevelsAsync(int productId, CancellationToken ct);

    Task<int> AvailableAsync(int productId, CancellationToken ct);

    /// <summary>Gives a new product a place in every warehouse.</summary>
    Task StartAsync(int productId, CancellationToken ct);

    /// <summary>Sets aside what an order needs. Each line comes from one warehouse.</summary>
    /// <exception cref="OutOfStockException">No warehouse has enough; what was set aside before is undone by the caller's transaction.</exception>
    Task ReserveAsync(Order order, CancellationToken ct);

    Task ReleaseAsync(int orderId, CancellationToken ct);

    /// <summary>What was set aside leaves the house.</summary>
    Task DispatchAsync(Order order, CancellationToken ct);

    Task TakeBackAsync(int productId, int quantity, string reason, CancellationToken ct);

    Task<IReadOnlyList<StockLevelDto>> AdjustAsync(int productId, AdjustStockRequest request, CancellationToken ct);

    Task<PagedResult<StockMovementDto>> MovementsAsync(int productId, PageQuery page, CancellationToken ct);
}

public sealed class StockService(ShopDbContext db, IStockRepository stock, IProductRepository products, UnitOfWork work) : IStockService
{
    public async Task<IReadOnlyList<StockLevelDto>> LevelsAsync(int productId, CancellationToken ct) =>
        [.. (await stock.OfProductAsync(productId, ct)).Select(s => s.ToDto())];

    public Task<int> AvailableAsync(int productId, CancellationToken ct) => stock.AvailableAsync(productId, ct);

    public async Task StartAsync(int productId, CancellationToken ct)
    {
        foreach (var warehouse in await db.Warehouses.ToListAsync(ct))
            stock.Add(new StockItem { ProductId = productId, Warehouse = warehouse, ReorderPoint = 5, ReorderQuantity = 20 });
        await work.SaveAsync(ct);
    }

    public async Task ReserveAsync(Order order, CancellationToken ct)
    {
        // Always in the same order, so that two orders cannot wait for each other.
        foreach (var line in order.Lines.OrderBy(l => l.ProductId))
        {
            if (!await TryReserveAsync(order, line, ct))
                throw new OutOfStockException(line.ProductName, await stock.AvailableAsync(line.ProductId, ct), line.Quantity);
        }
    }

    public async Task ReleaseAsync(int orderId, CancellationToken ct)
    {
        foreach (var reservation in await ReservationsAsync(orderId, ct))
        {
            await stock.ChangeAsync(reservation.ProductId, reservation.WarehouseId, 0, -reservation.Quantity, ct);
            db.StockReservations.Remove(reservation);
        }
    }

    public async Task DispatchAsync(Order order, CancellationToken ct)
    {
        foreach (var reservation in await ReservationsAsync(order.Id, ct))
        {
            await stock.ChangeAsync(reservation.ProductId, reservation.WarehouseId, -reservation.Quantity, -reservation.Quantity, ct);
            db.StockMovements.Add(Movement(reservation.ProductId, reservation.WarehouseId, MovementKind.Dispatched, -reservation.Quantity, order.Number));
            db.StockReservations.Remove(reservation);
        }
    }

    public async Task TakeBackAsync(int productId, int quantity, string reason, CancellationToken ct)
    {
        var first = (await stock.OfProductAsync(productId, ct)).First();
        await stock.ChangeAsync(productId, first.WarehouseId, quantity, 0, ct);
        db.StockMovements.Add(Movement(productId, first.WarehouseId, MovementKind.Returned, quantity, reason));
    }

    public async Task<IReadOnlyList<StockLevelDto>> AdjustAsync(int productId, AdjustStockRequest request, CancellationToken ct)
    {
        await products.GetAsync(productId, ct);
        var item = await stock.Query().Include(s => s.Warehouse).FirstOrDefaultAsync(s => s.ProductId == productId && s.Warehouse.Code == request.Warehouse, ct)
            ?? throw new NotFoundException("warehouse", request.Warehouse);
        if (item.OnHand + request.Difference < item.Reserved)
            throw new RuleException($"{item.Reserved} pieces are promised to customers; there cannot be only {item.OnHand + request.Difference}.");
        item.OnHand += request.Difference;
        db.StockMovements.Add(Movement(productId, item.WarehouseId, MovementKind.Adjusted, request.Difference, request.Reason));
        await work.SaveAsync(ct);
        return await LevelsAsync(productId, ct);
    }

    public async Task<PagedResult<StockMovementDto>> MovementsAsync(int productId, PageQuery page, CancellationToken ct) =>
        (await db.StockMovements.AsNoTracking()
            .Include(m => m.Product).Include(m => m.Warehouse)
            .Where(m => m.ProductId == productId)
            .OrderByDescending(m => m.Id)
            .ToPageAsync(page, ct)).Map(m => m.ToDto());

    private async Task<bool> TryReserveAsync(Order order, OrderLine line, CancellationToken ct)
    {
        foreach (var item in await stock.OfProductAsync(line.ProductId, ct))
        {
            if (!await stock.TryReserveAsync(item.Id, line.Quantity, ct))
                continue;
            db.StockReservations.Add(new StockReservation { Order = order, ProductId = line.ProductId, WarehouseId = item.WarehouseId, Quantity = line.Quantity });
            return true;
        }

        return false;
    }

    private Task<List<StockReservation>> ReservationsAsync(int orderId, CancellationToken ct) =>
        db.StockReservations.Where(r => r.OrderId == orderId).OrderBy(r => r.ProductId).ToListAsync(ct);

    private static StockMovement Movement(int productId, int warehouseId, MovementKind kind, int quantity, string reason) =>
        new() { ProductId = productId, WarehouseId = warehouseId, Kind = kind, Quantity = quantity, Reason = reason };
}

/// <summary>There is less than somebody wants.</summary>
public sealed class OutOfStockException(string product, int available, int wanted) : ShopException($"Of '{product}' there are {Math.Max(0, available)} left, {wanted} are wanted.")
{
    public override int StatusCode => StatusCodes.Status409Conflict;

    public override string Title => "Out of stock";
}
