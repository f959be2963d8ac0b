using System.ComponentModel.DataAnnotations.Schema;

namespace Outfitter.Entities;

/// <summary>Something that is sold.</summary>
[Table("products")]
public class Product : EntityBase, IAudited
{
    public string Sku { get; set; } = "";

    public string Name { get; set; } = "";

    public string Slug { get; set; } = "";

    public string Description { get; set; } = "";

    public int CategoryId { get; set; }

    public Category Category { get; set; } = null!;

    public int BrandId { get; set; }

    public Brand Brand { get; set; } = null!;

    public ProductStatus Status { get; set; }

    /// <summary>Which tax rate applies: <c>standard</c> or <c>reduced</c>.</summary>
    public string TaxClass { get; set; } = "standard";

    public int WeightGrams { get; set; }

    /// <summary>Kept here so that lists need not count reviews.</summary>
    public double AverageRating { get; set; }

    public int ReviewCount { get; set; }

    /// <summary>Kept here so that lists can be sorted by what sells.</summary>
    public int SoldCount { get; set; }

    public List<ProductImage> Images { get; set; } = [];

    public List<ProductAttribute> Attributes { get; set; } = [];

    public List<PriceListEntry> Prices { get; set; } = [];

    public List<StockItem> StockItems { get; set; } = [];

    public List<Review> Reviews { get; set; } = [];

    string IAudited.AuditKey => Sku;
}

public enum ProductStatus
{
    Draft,
    Active,
    Discontinued,
}
