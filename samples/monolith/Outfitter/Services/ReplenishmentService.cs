using Microsoft.EntityFrameworkCore;
using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Entities;
using Outfitter.Infrastructure;
using Outfitter.Mapping;

namespace Outfitter.Services;

/// <summary>Buys what runs out.</summary>
public sealed class ReplenishmentService(ShopDbContext db, NumberGenerator numbers, IEmailSender email, UnitOfWork work, Clock clock)
{
    /// <summary>Writes purchase orders for what has fallen to its reorder point, unless more is on its way already.</summary>
    public async Task<IReadOnlyList<PurchaseOrderDto>> ProposeAsync(CancellationToken ct)
    {
        var wanted = await db.StockItems
            .Where(s => s.OnHand - s.Reserved <= s.ReorderPoint && s.ReorderQuantity > 0 && s.Product.Status == ProductStatus.Active)
            .Where(s => !db.PurchaseOrders.Any(p =>
                p.WarehouseId == s.WarehouseId && (p.Status == PurchaseOrderStatus.Proposed || p.Status == PurchaseOrderStatus.Sent) && p.Lines.Any(l => l.ProductId == s.ProductId)))
            .OrderBy(s => s.Id)
            .Select(s => new { s.ProductId, s.WarehouseId, s.ReorderQuantity, s.Product.BrandId })
            .ToListAsync(ct);

        var proposed = new List<PurchaseOrder>();
        foreach (var group in wanted.GroupBy(w => (w.BrandId, w.WarehouseId)))
        {
            if (await db.Suppliers.FirstOrDefaultAsync(s => s.BrandId == group.Key.BrandId, ct) is not { } supplier)
                continue;
            var order = new PurchaseOrder
            {
                Number = await numbers.NextAsync("P", ct),
                Supplier = supplier,
                WarehouseId = group.Key.WarehouseId,
                ExpectedAt = clock.Now.AddDays(supplier.LeadTimeDays),
                Lines = [.. group.Select(w => new PurchaseOrderLine { ProductId = w.ProductId, Quantity = w.ReorderQuantity })],
            };
            db.PurchaseOrders.Add(order);
            proposed.Add(order);
        }

        await work.SaveAsync(ct);
        var ids = proposed.Select(p => p.Id).ToList();
        return [.. (await Query().Where(p => ids.Contains(p.Id)).OrderBy(p => p.Id).ToListAsync(ct)).Select(p => p.ToDto())];
    }

    public async Task<PagedResult<PurchaseOrderDto>> ListAsync(PageQuery page, CancellationToken ct) =>
        (await Query().AsNoTracking().OrderByDescending(p => p.Id).ToPageAsync(page, ct)).Map(p => p.ToDto());

    public async Task<PurchaseOrderDto> SendAsync(int id, CancellationToken ct)
    {
        var order = await GetAsync(id, PurchaseOrderStatus.Proposed, ct);
        order.Status = PurchaseOrderStatus.Sent;
        email.Send(order.Supplier.Email, $"Purchase order {order.Number}", EmailTemplates.Purchase(order));
        await work.SaveAsync(ct);
        return order.ToDto();
    }

    /// <summary>The goods are here.</summary>
    public async Task<PurchaseOrderDto> ReceiveAsync(int id, CancellationToken ct)
    {
        var order = await GetAsync(id, PurchaseOrderStatus.Sent, ct);
        order.Status = PurchaseOrderStatus.Received;
        foreach (var line in order.Lines)
        {
            var item = await db.StockItems.FirstAsync(s => s.ProductId == line.ProductId && s.WarehouseId == order.WarehouseId, ct);
            item.OnHand += line.Quantity;
            db.StockMovements.Add(new StockMovement
            {
                ProductId = line.ProductId,
                WarehouseId = order.WarehouseId,
                Kind = MovementKind.Received,
                Quantity = line.Quantity,
                Reason = order.Number,
            });
        }

        await work.SaveAsync(ct);
        return order.ToDto();
    }

    private async Task<PurchaseOrder> GetAsync(int id, PurchaseOrderStatus expected, CancellationToken ct)
    {
        var order = await Query().FirstOrDefaultAsync(p => p.Id == id, ct) ?? throw new NotFoundException("purchase order", id);
        return order.Status == expected ? order : throw new ConflictException($"Purchase order {order.Number} is {order.Status}, not {expected}.");
    }

    private IQueryable<PurchaseOrder> Query() => db.PurchaseOrders.Include(p => p.Supplier).Include(p => p.Warehouse).Include(p => p.Lines).ThenInclude(l => l.Product);
}
