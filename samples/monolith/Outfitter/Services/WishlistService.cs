using Microsoft.EntityFrameworkCore;
using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Entities;
using Outfitter.Infrastructure;
using Outfitter.Repositories;

namespace Outfitter.Services;

public sealed class WishlistService(ShopDbContext db, IProductRepository products, UnitOfWork work)
{
    public async Task<IReadOnlyList<ProductSummaryDto>> ListAsync(int customerId, CancellationToken ct) =>
        await products.SummariesAsync(await db.WishlistItems.Where(w => w.CustomerId == customerId).OrderBy(w => w.Id).Select(w => w.ProductId).ToListAsync(ct), ct);

    /// <summary>Wishing for the same thing twice is one wish.</summary>
    public async Task AddAsync(int customerId, int productId, CancellationToken ct)
    {
        await products.GetAsync(productId, ct);
        if (await db.WishlistItems.AnyAsync(w => w.CustomerId == customerId && w.ProductId == productId, ct))
            return;
        db.WishlistItems.Add(new WishlistItem { CustomerId = customerId, ProductId = productId });
        await work.SaveAsync(ct);
    }

    public async Task RemoveAsync(int customerId, int productId, CancellationToken ct)
    {
        var item = await db.WishlistItems.FirstOrDefaultAsync(w => w.CustomerId == customerId && w.ProductId == productId, ct)
            ?? throw new NotFoundException("product in the wish list", productId);
        db.WishlistItems.Remove(item);
        await work.SaveAsync(ct);
    }
}
