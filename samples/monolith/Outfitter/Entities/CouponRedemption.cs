using System.ComponentModel.DataAnnotations.Schema;

namespace Outfitter.Entities;

/// <summary>Which order a coupon was used for.</summary>
[Table("coupon_redemptions")]
public class CouponRedemption : EntityBase
{
    public int CouponId { get; set; }

    public Coupon Coupon { get; set; } = null!;

    public int OrderId { get; set; }

    public Order Order { get; set; } = null!;

    public int CustomerId { get; set; }

    public Customer Customer { get; set; } = null!;
}
