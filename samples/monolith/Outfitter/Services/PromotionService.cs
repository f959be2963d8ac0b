using Microsoft.EntityFrameworkCore;
using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Entities;
using Outfitter.Infrastructure;
using Outfitter.Mapping;

namespace Outfitter.Services;

public sealed class PromotionService(ShopDbContext db, UnitOfWork work, Clock clock)
{
    /// <summary>What takes something off a product at this moment, if it is sold by that door.</summary>
    public async Task<IReadOnlyList<Promotion>> ForProductAsync(Product product, SalesChannel channel, CancellationToken ct)
    {
        var now = clock.Now;
        return await Query()
            .Where(p => p.IsActive && p.StartsAt <= now && (p.EndsAt == null || p.EndsAt > now) && (p.Channel == null || p.Channel == channel))
            .Where(p => p.Targets.Any(t => t.ProductId == product.Id || t.CategoryId == product.CategoryId))
            .OrderBy(p => p.Id)
            .ToListAsync(ct);
    }

    public async Task<PagedResult<PromotionDto>> ListAsync(bool onlyActive, PageQuery page, CancellationToken ct) =>
        (await Query().AsNoTracking().Where(p => p.IsActive || !onlyActive).OrderByDescending(p => p.StartsAt).ThenBy(p => p.Id).ToPageAsync(page, ct)).Map(p => p.ToDto());

    public async Task<PromotionDto> CreateAsync(SavePromotionRequest request, CancellationToken ct)
    {
        await CheckAsync(request, null, ct);
        var promotion = new Promotion();
        request.Apply(promotion);
        db.Promotions.Add(promotion);
        await work.SaveAsync(ct);
        return promotion.ToDto();
    }

    public async Task<PromotionDto> UpdateAsync(int id, SavePromotionRequest request, CancellationToken ct)
    {
        var promotion = await GetAsync(id, ct);
        await CheckAsync(request, id, ct);
        request.Apply(promotion);
        await work.SaveAsync(ct);
        return promotion.ToDto();
    }

    public async Task EndAsync(int id, CancellationToken ct)
    {
        var promotion = await GetAsync(id, ct);
        promotion.EndsAt = clock.Now;
        promotion.IsActive = false;
        await work.SaveAsync(ct);
    }

    /// <returns>How many were over.</returns>
    public async Task<int> EndExpiredAsync(CancellationToken ct)
    {
        var now = clock.Now;
        var over = await Query().Where(p => p.IsActive && p.EndsAt != null && p.EndsAt <= now).ToListAsync(ct);
        over.ForEach(p => p.IsActive = false);
        await work.SaveAsync(ct);
        return over.Count;
    }

    private async Task CheckAsync(SavePromotionRequest request, int? id, CancellationToken ct)
    {
        foreach (var productId in request.Products ?? [])
        {
            if (!await db.Products.AnyAsync(p => p.Id == productId, ct))
                throw new RuleException($"There is no product {productId}.");
        }

        foreach (var categoryId in request.Categories ?? [])
        {
            if (!await db.Categories.AnyAsync(c => c.Id == categoryId, ct))
                throw new RuleException($"There is no category {categoryId}.");
        }

        var wanted = new DateRange(request.StartsAt, request.EndsAt);
        var sameName = await Query().AsNoTracking().Where(p => p.Name == request.Name && p.Id != id).ToListAsync(ct);
        if (sameName.Any(p => wanted.Overlaps(new DateRange(p.StartsAt, p.EndsAt))))
            throw new ConflictException($"A promotion '{request.Name}' runs in that time already.");
    }

    private IQueryable<Promotion> Query() => db.Promotions.Include(p => p.Targets);

    private async Task<Promotion> GetAsync(int id, CancellationToken ct) => await Query().FirstOrDefaultAsync(p => p.Id == id, ct) ?? throw new NotFoundException("promotion", id);
}
