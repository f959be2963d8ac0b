using System.ComponentModel.DataAnnotations.Schema;

namespace Outfitter.Entities;

[Table("basket_items")]
public class BasketItem : EntityBase
{
    public int BasketId { get; set; }

    public int ProductId { get; set; }

    public Product Product { get; set; } = null!;

    public int Quantity { get; set; }
}
