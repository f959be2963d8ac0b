using System.ComponentModel.DataAnnotations.Schema;
using Outfitter.Common;

namespace Outfitter.Entities;

/// <summary>What a product costs, tax included, from a moment on. The latest that has begun is the price.</summary>
[Table("price_list")]
public class PriceListEntry : EntityBase, IAudited
{
    public int ProductId { get; set; }

    public Product Product { get; set; } = null!;

    public Money Price { get; set; }

    public DateTime ValidFrom { get; set; }

    string IAudited.AuditKey => $"product {ProductId}";
}
