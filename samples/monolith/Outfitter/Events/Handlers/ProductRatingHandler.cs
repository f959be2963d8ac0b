using Microsoft.EntityFrameworkCore;
using Outfitter.Entities;
using Outfitter.Infrastructure;

namespace Outfitter.Events.Handlers;

/// <summary>Keeps the rating at the product, where lists read it.</summary>
public sealed class ProductRatingHandler(ShopDbContext db) : IEventHandler<ReviewApproved>
{
    public async Task HandleAsync(ReviewApproved happened, CancellationToken ct)
    {
        var approved = db.Reviews.Where(r => r.ProductId == happened.ProductId && r.Status == ReviewStatus.Approved);
        var count = await approved.CountAsync(ct);
        var average = count == 0 ? 0 : await approved.AverageAsync(r => r.Rating, ct);
        await db.Products
            .Where(p => p.Id == happened.ProductId)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.ReviewCount, count).SetProperty(p => p.AverageRating, Math.Round(average, 2)), ct);
    }
}
