using System.ComponentModel.DataAnnotations.Schema;
using Outfitter.Common;

namespace Outfitter.Entities;

/// <summary>A code that takes something off the whole basket.</summary>
[Table("coupons")]
public class Coupon : EntityBase, IAudited
{
    public string Code { get; set; } = "";

    public decimal Percent { get; set; }

    public Money AmountOff { get; set; }

    public Money MinimumSpend { get; set; }

    public DateTime ValidFrom { get; set; }

    public DateTime? ValidUntil { get; set; }

    /// <summary>How often it may be used in all; unset means without end.</summary>
    public int? MaxUses { get; set; }

    public bool OncePerCustomer { get; set; }

    public int Uses { get; set; }

    public List<CouponRedemption> Redemptions { get; set; } = [];

    string IAudited.AuditKey => Code;
}
