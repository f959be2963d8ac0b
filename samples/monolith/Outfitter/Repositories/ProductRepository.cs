using Microsoft.EntityFrameworkCore;
using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Entities;
using Outfitter.Infrastructure;

namespace Outfitter.Repositories;

public interface IProductRepository : IRepository<Product>
{
    Task<PagedResult<ProductSummaryDto>> SearchAsync(ProductSearch search, PageQuery page, CancellationToken ct);

    /// <summary>Products by id, in the order of the ids; unknown ids are left out.</summary>
    Task<IReadOnlyList<ProductSummaryDto>> SummariesAsync(IReadOnlyCollection<int> ids, CancellationToken ct);

    Task<Product> GetWithEverythingAsync(int id, CancellationToken ct);

    /// <summary>What was bought together with a product, most often first.</summary>
    Task<IReadOnlyList<int>> BoughtTogetherAsync(int id, int count, CancellationToken ct);
}

public sealed class ProductRepository(ShopDbContext db, Clock clock) : EfRepository<Product>(db), IProductRepository
{
    public async Task<PagedResult<ProductSummaryDto>> SearchAsync(ProductSearch search, PageQuery page, CancellationToken ct)
    {
        var now = clock.Now;
        var query = Query().AsNoTracking().Where(p => p.Status == ProductStatus.Active);
        if (search.Search is { Length: > 0 } text)
        {
            var pattern = $"%{text.ToLowerInvariant().Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%";
            query = query.Where(p => EF.Functions.Like(p.Name.ToLower(), pattern, "\\") || EF.Functions.Like(p.Description.ToLower(), pattern, "\\"));
        }

        if (search.Category is { } category)
        {
            var within = await WithinAsync(category, ct);
            query = query.Where(p => within.Contains(p.CategoryId));
        }

        if (search.Brand is { } brand)
            query = query.Where(p => p.Brand.Slug == brand);
        if (search.InStock)
            query = query.Where(p => p.StockItems.Sum(s => s.OnHand - s.Reserved) > 0);
        if (search.MinPrice is { } min)
        {
            var cents = Money.FromAmount(min).Cents;
            query = query.Where(p => p.Prices.Where(e => e.ValidFrom <= now).OrderByDescending(e => e.ValidFrom).Select(e => e.Price.Cents).FirstOrDefault() >= cents);
        }

        if (search.MaxPrice is { } max)
        {
            var cents = Money.FromAmount(max).Cents;
            query = query.Where(p => p.Prices.Where(e => e.ValidFrom <= now).OrderByDescending(e => e.ValidFrom).Select(e => e.Price.Cents).FirstOrDefault() <= cents);
        }

        query = search.Sort switch
        {
            "newest" => query.OrderByDescending(p => p.CreatedAt).ThenBy(p => p.Id),
            "rating" => query.OrderByDescending(p => p.AverageRating).ThenBy(p => p.Id),
            "bestselling" => query.OrderByDescending(p => p.SoldCount).ThenBy(p => p.Id),
            "price" => query.OrderBy(p => p.Prices.Where(e => e.ValidFrom <= now).OrderByDescending(e => e.ValidFrom).Select(e => e.Price.Cents).FirstOrDefault()).ThenBy(p => p.Id),
            _ => query.OrderBy(p => p.Name).ThenBy(p => p.Id),
        };
        return (await Rows(query).ToPageAsync(page, ct)).Map(row => row.ToDto());
    }

    public async Task<IReadOnlyList<ProductSummaryDto>> SummariesAsync(IReadOnlyCollection<int> ids, CancellationToken ct)
    {
        var rows = await Rows(Query().AsNoTracking().Where(p => ids.Contains(p.Id))).ToDictionaryAsync(r => r.Id, ct);
        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id].ToDto())];
    }

    public async Task<Product> GetWithEverythingAsync(int id, CancellationToken ct) =>
        await Query()
            .Include(p => p.Category)
            .Include(p => p.Brand)
            .Include(p => p.Images)
            .Include(p => p.Attributes)
            .AsSplitQuery()
            .FirstOrDefaultAsync(p => p.Id == id, ct)
        ?? throw new NotFoundException("product", id);

    public async Task<IReadOnlyList<int>> BoughtTogetherAsync(int id, int count, CancellationToken ct) =>
        await (from line in Db.OrderLines
               join other in Db.OrderLines on line.OrderId equals other.OrderId
               where line.ProductId == id && other.ProductId != id && line.Order.Status != OrderStatus.Cancelled && other.Product.Status == ProductStatus.Active
               group other by other.ProductId into same
               orderby same.Count() descending, same.Key
               select same.Key).Take(count).ToListAsync(ct);

    private IQueryable<Row> Rows(IQueryable<Product> products)
    {
        var now = clock.Now;
        return products.Select(p => new Row(
            p.Id,
            p.Sku,
            p.Name,
            p.Category.Name,
            p.Brand.Name,
            p.Status,
            p.Prices.Where(e => e.ValidFrom <= now).OrderByDescending(e => e.ValidFrom).Select(e => (long?)e.Price.Cents).FirstOrDefault(),
            p.StockItems.Sum(s => s.OnHand - s.Reserved),
            p.AverageRating,
            p.ReviewCount,
            p.Images.OrderBy(i => i.Position).Select(i => i.Url).FirstOrDefault()));
    }

    private async Task<List<int>> WithinAsync(string slug, CancellationToken ct)
    {
        var all = await Db.Categories.AsNoTracking().Select(c => new { c.Id, c.Slug, c.ParentId }).ToListAsync(ct);
        var within = all.Where(c => c.Slug == slug).Select(c => c.Id).ToList();
        for (var i = 0; i < within.Count; i++)
            within.AddRange(all.Where(c => c.ParentId == within[i]).Select(c => c.Id).Except(within));
        return within;
    }

    private sealed record Row(
        int Id, string Sku, string Name, string Category, string Brand, ProductStatus Status, long? PriceCents, int Available, double Rating, int ReviewCount, string? Image)
    {
        public ProductSummaryDto ToDto() =>
            new(Id, Sku, Name, Category, Brand, Status, PriceCents is { } cents ? new Money(cents) : null, Available, Rating, ReviewCount, Image);
    }
}
