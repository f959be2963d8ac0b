using System.ComponentModel.DataAnnotations;
using Outfitter.Common;
using Outfitter.Entities;

namespace Outfitter.Dtos;

/// <summary>A product in a list, whatever the list is of: the range, a wish list, a report.</summary>
/// <param name="Price">What one costs now, without promotions; null when it has no price yet.</param>
/// <param name="Available">Pieces that can be bought now, over all warehouses.</param>
public sealed record ProductSummaryDto(
    int Id, string Sku, string Name, string Category, string Brand, ProductStatus Status, Money? Price, int Available, double Rating, int ReviewCount, string? Image);

public sealed record ProductDetailDto(
    int Id,
    string Sku,
    string Name,
    string Slug,
    string Description,
    string Category,
    string Brand,
    ProductStatus Status,
    int WeightGrams,
    double Rating,
    int ReviewCount,
    IReadOnlyList<string> Images,
    IReadOnlyDictionary<string, string> Attributes,
    PriceDto? Price,
    IReadOnlyList<StockLevelDto> Stock,
    int Version);

public sealed record CategoryDto(int Id, string Name, string Slug, int Products, IReadOnlyList<CategoryDto> Children);

/// <summary>What staff say about a product, new or known.</summary>
public sealed record SaveProductRequest(
    string Sku,
    string Name,
    string Description,
    int CategoryId,
    int BrandId,
    ProductStatus Status,
    string TaxClass,
    int WeightGrams,
    IReadOnlyList<string>? Images,
    IReadOnlyDictionary<string, string>? Attributes);

/// <summary>What is looked for.</summary>
/// <param name="Sort"><c>name</c>, <c>newest</c>, <c>rating</c>, <c>bestselling</c> or <c>price</c>.</param>
public sealed record ProductSearch(
    [MaxLength(100)] string? Search = null,
    string? Category = null,
    string? Brand = null,
    decimal? MinPrice = null,
    decimal? MaxPrice = null,
    bool InStock = false,
    [RegularExpression("name|newest|rating|bestselling|price", ErrorMessage = "Must be one of: name, newest, rating, bestselling, price.")] string Sort = "name");
