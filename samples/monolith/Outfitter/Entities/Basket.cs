using System.ComponentModel.DataAnnotations.Schema;
using Outfitter.Common;

namespace Outfitter.Entities;

/// <summary>What somebody may want to buy. Whoever knows the token may use it.</summary>
[Table("baskets")]
public class Basket : EntityBase
{
    public Guid Token { get; set; }

    public int? CustomerId { get; set; }

    public Customer? Customer { get; set; }

    public SalesChannel Channel { get; set; }

    public string? CouponCode { get; set; }

    public DateTime LastUsedAt { get; set; }

    public bool Reminded { get; set; }

    public List<BasketItem> Items { get; set; } = [];
}
