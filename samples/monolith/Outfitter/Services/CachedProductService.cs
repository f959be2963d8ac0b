using Microsoft.Extensions.Caching.Memory;
using Outfitter.Common;
using Outfitter.Dtos;

namespace Outfitter.Services;

/// <summary>Remembers for a moment what belongs together; what is bought changes slowly, prices and stock are always asked for.</summary>
public sealed class CachedProductService(IProductService inner, IMemoryCache cache) : IProductService
{
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(5);

    public Task<PagedResult<ProductSummaryDto>> SearchAsync(ProductSearch search, PageQuery page, CancellationToken ct) => inner.SearchAsync(search, page, ct);

    public Task<ProductDetailDto> GetAsync(int id, CancellationToken ct) => inner.GetAsync(id, ct);

    public async Task<IReadOnlyList<ProductSummaryDto>> RelatedAsync(int id, CancellationToken ct)
    {
        if (cache.TryGetValue(Key(id), out IReadOnlyList<ProductSummaryDto>? known) && known is not null)
            return known;
        var related = await inner.RelatedAsync(id, ct);
        cache.Set(Key(id), related, Keep);
        return related;
    }

    public Task<ProductDetailDto> CreateAsync(SaveProductRequest request, CancellationToken ct) => inner.CreateAsync(request, ct);

    public async Task<ProductDetailDto> UpdateAsync(int id, SaveProductRequest request, int? version, CancellationToken ct)
    {
        var changed = await inner.UpdateAsync(id, request, version, ct);
        cache.Remove(Key(id));
        return changed;
    }

    public async Task DiscontinueAsync(int id, CancellationToken ct)
    {
        await inner.DiscontinueAsync(id, ct);
        cache.Remove(Key(id));
    }

    private static string Key(int id) => $"related-{id}";
}
