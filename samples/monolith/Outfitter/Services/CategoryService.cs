using Microsoft.EntityFrameworkCore;
using Outfitter.Dtos;
using Outfitter.Entities;
using Outfitter.Infrastructure;

namespace Outfitter.Services;

public sealed class CategoryService(ShopDbContext db)
{
    /// <summary>The whole tree; a category counts what is in the ones below it, too.</summary>
    public async Task<IReadOnlyList<CategoryDto>> TreeAsync(CancellationToken ct)
    {
        var all = await db.Categories.AsNoTracking().OrderBy(c => c.Name).ToListAsync(ct);
        var counts = await db.Products
            .Where(p => p.Status == ProductStatus.Active)
            .GroupBy(p => p.CategoryId)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return Below(null);

        List<CategoryDto> Below(int? parent) =>
        [
            .. from category in all
               where category.ParentId == parent
               let children = Below(category.Id)
               select new CategoryDto(category.Id, category.Name, category.Slug, counts.GetValueOrDefault(category.Id) + children.Sum(c => c.Products), children),
        ];
    }
}
