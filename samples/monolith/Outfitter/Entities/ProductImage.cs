using System.ComponentModel.DataAnnotations.Schema;

namespace Outfitter.Entities;

[Table("product_images")]
public class ProductImage : EntityBase
{
    public int ProductId { get; set; }

    public string Url { get; set; } = "";

    public string AltText { get; set; } = "";

    public int Position { get; set; }
}
