using System.ComponentModel.DataAnnotations.Schema;

namespace Outfitter.Entities;

/// <summary>A fact about a product: Material = Merino.</summary>
[Table("product_attributes")]
public class ProductAttribute : EntityBase
{
    public int ProductId { get; set; }

    public string Name { get; set; } = "";

    public string Value { get; set; } = "";
}
