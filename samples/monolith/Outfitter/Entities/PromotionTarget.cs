using System.ComponentModel.DataAnnotations.Schema;

namespace Outfitter.Entities;

/// <summary>What a promotion is for: one product, or everything in a category.</summary>
[Table("promotion_targets")]
public class PromotionTarget : EntityBase
{
    public int PromotionId { get; set; }

    public int? ProductId { get; set; }

    public Product? Product { get; set; }

    public int? CategoryId { get; set; }

    public Category? Category { get; set; }
}
