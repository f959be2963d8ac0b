using System.ComponentModel.DataAnnotations.Schema;
using Outfitter.Common;

namespace Outfitter.Entities;

[Table("order_lines")]
public class OrderLine : EntityBase
{
    public int OrderId { get; set; }

    public Order Order { get; set; } = null!;

    public int ProductId { get; set; }

    public Product Product { get; set; } = null!;

    /// <summary>As it was called when it was bought.</summary>
    public string ProductName { get; set; } = "";

    public int Quantity { get; set; }

    public Money UnitPrice { get; set; }

    /// <summary>Taken off the whole line, by promotion and coupon.</summary>
    public Money Discount { get; set; }

    public Money LineTotal { get; set; }

    public decimal TaxPercent { get; set; }

    public Money Tax { get; set; }

    public int? PromotionId { get; set; }

    public Promotion? Promotion { get; set; }

    public int ReturnedQuantity { get; set; }
}
