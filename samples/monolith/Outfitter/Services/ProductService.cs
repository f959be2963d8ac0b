using Microsoft.EntityFrameworkCore;
using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Entities;
using Outfitter.Infrastructure;
using Outfitter.Mapping;
using Outfitter.Repositories;

namespace Outfitter.Services;

public interface IProductService
{
    Task<PagedResult<ProductSummaryDto>> SearchAsync(ProductSearch search, PageQuery page, CancellationToken ct);

    Task<ProductDetailDto> GetAsync(int id, CancellationToken ct);

    Task<IReadOnlyList<ProductSummaryDto>> RelatedAsync(int id, CancellationToken ct);

    Task<ProductDetailDto> CreateAsync(SaveProductRequest request, CancellationToken ct);

    /// <param name="version">The version that the change was made on; unset means whatever is there.</param>
    Task<ProductDetailDto> UpdateAsync(int id, SaveProductRequest request, int? version, CancellationToken ct);

    Task DiscontinueAsync(int id, CancellationToken ct);
}

public sealed class ProductService(
    ShopDbContext db, IProductRepository products, IRepository<Category> categories, IRepository<Brand> brands, IPriceService prices, IStockService stock, UnitOfWork work) : IProductService
{
    private const int RelatedCount = 4;

    public Task<PagedResult<ProductSummaryDto>> SearchAsync(ProductSearch search, PageQuery page, CancellationToken ct) => products.SearchAsync(search, page, ct);

    public async Task<ProductDetailDto> GetAsync(int id, CancellationToken ct) => await DetailAsync(await products.GetWithEverythingAsync(id, ct), ct);

    public async Task<IReadOnlyList<ProductSummaryDto>> RelatedAsync(int id, CancellationToken ct)
    {
        var product = await products.GetAsync(id, ct);
        var ids = (await products.BoughtTogetherAsync(id, RelatedCount, ct)).ToList();
        if (ids.Count < RelatedCount)
        {
            ids.AddRange(await products.Query()
                .Where(p => p.CategoryId == product.CategoryId && p.Id != id && p.Status == ProductStatus.Active && !ids.Contains(p.Id))
                .OrderByDescending(p => p.SoldCount).ThenBy(p => p.Id)
                .Take(RelatedCount - ids.Count)
                .Select(p => p.Id)
                .ToListAsync(ct));
        }

        return await products.SummariesAsync(ids, ct);
    }

    public async Task<ProductDetailDto> CreateAsync(SaveProductRequest request, CancellationToken ct)
    {
        await CheckReferencesAsync(request, null, ct);
        var product = new Product();
        request.Apply(product);
        product.Slug = SlugGenerator.From($"{request.Name} {request.Sku}");
        products.Add(product);
        await work.SaveAsync(ct);
        await stock.StartAsync(product.Id, ct);
        return await GetAsync(product.Id, ct);
    }

    public async Task<ProductDetailDto> UpdateAsync(int id, SaveProductRequest request, int? version, CancellationToken ct)
    {
        var product = await products.GetWithEverythingAsync(id, ct);
        if (version is { } wanted && wanted != product.Version)
            throw new StaleException(wanted, product.Version);
        await CheckReferencesAsync(request, id, ct);
        request.Apply(product);
        // Attributes and images alone do not touch the product's row, and its version is what callers compare.
        db.Entry(product).Property(p => p.UpdatedAt).IsModified = true;
        await work.SaveAsync(ct);
        return await GetAsync(id, ct);
    }

    public async Task DiscontinueAsync(int id, CancellationToken ct)
    {
        var product = await products.GetAsync(id, ct);
        product.Status = ProductStatus.Discontinued;
        await work.SaveAsync(ct);
    }

    private async Task<ProductDetailDto> DetailAsync(Product product, CancellationToken ct)
    {
        var price = await prices.FindPriceAsync(product.Id, 1, SalesChannel.Web, "DE", ct);
        return product.ToDetailDto(price, await stock.LevelsAsync(product.Id, ct));
    }

    private async Task CheckReferencesAsync(SaveProductRequest request, int? id, CancellationToken ct)
    {
        if (await categories.FindAsync(request.CategoryId, ct) is null)
            throw new RuleException($"There is no category {request.CategoryId}.");
        if (await brands.FindAsync(request.BrandId, ct) is null)
            throw new RuleException($"There is no brand {request.BrandId}.");
        if (await products.Query().AnyAsync(p => p.Sku == request.Sku && p.Id != id, ct))
            throw new ConflictException($"The SKU '{request.Sku}' belongs to another product.");
    }
}
