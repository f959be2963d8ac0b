using Microsoft.EntityFrameworkCore;
using Outfitter.Common;
using Outfitter.Entities;
using Outfitter.Infrastructure;

namespace Outfitter.Repositories;

public interface IOrderRepository : IRepository<Order>
{
    /// <exception cref="NotFoundException">There is no such order.</exception>
    Task<Order> GetByNumberAsync(string number, CancellationToken ct);

    Task<PagedResult<Order>> ListAsync(int? customerId, OrderStatus? status, PageQuery page, CancellationToken ct);

    /// <summary>Whether a customer has held a product in hands that was bought here.</summary>
    Task<bool> HasReceivedAsync(int customerId, int productId, CancellationToken ct);
}

public sealed class OrderRepository(ShopDbContext db) : EfRepository<Order>(db), IOrderRepository
{
    public override IQueryable<Order> Query() =>
        Db.Orders
            .Include(o => o.Customer)
            .Include(o => o.Lines)
            .Include(o => o.Payments)
            .Include(o => o.Shipments).ThenInclude(s => s.Carrier)
            .Include(o => o.Shipments).ThenInclude(s => s.Tracking)
            .AsSplitQuery();

    public async Task<Order> GetByNumberAsync(string number, CancellationToken ct) =>
        await Query().FirstOrDefaultAsync(o => o.Number == number, ct) ?? throw new NotFoundException("order", number);

    public Task<PagedResult<Order>> ListAsync(int? customerId, OrderStatus? status, PageQuery page, CancellationToken ct) =>
        Db.Orders.AsNoTracking()
            .Include(o => o.Lines)
            .Where(o => (customerId == null || o.CustomerId == customerId) && (status == null || o.Status == status))
            .OrderByDescending(o => o.PlacedAt).ThenByDescending(o => o.Id)
            .ToPageAsync(page, ct);

    public Task<bool> HasReceivedAsync(int customerId, int productId, CancellationToken ct) =>
        Db.OrderLines.AnyAsync(l => l.ProductId == productId && l.Order.CustomerId == customerId && l.Order.DeliveredAt != null, ct);
}
