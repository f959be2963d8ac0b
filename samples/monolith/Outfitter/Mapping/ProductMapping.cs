using Outfitter.Dtos;
using Outfitter.Entities;

namespace Outfitter.Mapping;

public static class ProductMapping
{
    public static ProductDetailDto ToDetailDto(this Product product, PriceDto? price, IReadOnlyList<StockLevelDto> stock) =>
        new(
            product.Id,
            product.Sku,
            product.Name,
            product.Slug,
            product.Description,
            product.Category.Name,
            product.Brand.Name,
            product.Status,
            product.WeightGrams,
            product.AverageRating,
            product.ReviewCount,
            [.. product.Images.OrderBy(i => i.Position).Select(i => i.Url)],
            product.Attributes.ToDictionary(a => a.Name, a => a.Value),
            price,
            stock,
            product.Version);

    public static void Apply(this SaveProductRequest request, Product product)
    {
        product.Sku = request.Sku;
        product.Name = request.Name;
        product.Description = request.Description;
        product.CategoryId = request.CategoryId;
        product.BrandId = request.BrandId;
        product.Status = request.Status;
        product.TaxClass = request.TaxClass;
        product.WeightGrams = request.WeightGrams;
        product.Images = [.. (request.Images ?? []).Select((url, i) => new ProductImage { Url = url, AltText = request.Name, Position = i })];
        product.Attributes = [.. (request.Attributes ?? new Dictionary<string, string>()).Select(a => new ProductAttribute { Name = a.Key, Value = a.Value })];
    }
}
