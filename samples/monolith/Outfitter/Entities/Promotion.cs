using System.ComponentModel.DataAnnotations.Schema;
using Outfitter.Common;

namespace Outfitter.Entities;

/// <summary>A discount that needs no code.</summary>
[Table("promotions")]
public class Promotion : EntityBase, IAudited
{
    public string Name { get; set; } = "";

    public PromotionKind Kind { get; set; }

    public decimal Percent { get; set; }

    /// <summary>Off each piece, for <see cref="PromotionKind.AmountOff"/>.</summary>
    public Money AmountOff { get; set; }

    /// <summary>For <see cref="PromotionKind.BuySomeGetSome"/>: so many are paid …</summary>
    public int BuyQuantity { get; set; }

    /// <summary>… and so many more are free.</summary>
    public int FreeQuantity { get; set; }

    public DateTime StartsAt { get; set; }

    public DateTime? EndsAt { get; set; }

    public bool IsActive { get; set; } = true;

    /// <summary>Only for sales by this door; unset means all.</summary>
    public SalesChannel? Channel { get; set; }

    public List<PromotionTarget> Targets { get; set; } = [];

    string IAudited.AuditKey => Name;
}

public enum PromotionKind
{
    PercentOff,
    AmountOff,
    BuySomeGetSome,
}
