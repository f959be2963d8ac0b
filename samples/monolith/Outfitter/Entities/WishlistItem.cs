using System.ComponentModel.DataAnnotations.Schema;

namespace Outfitter.Entities;

/// <summary>What a customer would like to have one day.</summary>
[Table("wishlist_items")]
public class WishlistItem : EntityBase
{
    public int CustomerId { get; set; }

    public Customer Customer { get; set; } = null!;

    public int ProductId { get; set; }

    public Product Product { get; set; } = null!;
}
