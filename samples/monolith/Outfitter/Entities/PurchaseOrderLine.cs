using System.ComponentModel.DataAnnotations.Schema;

namespace Outfitter.Entities;

[Table("purchase_order_lines")]
public class PurchaseOrderLine : EntityBase
{
    public int PurchaseOrderId { get; set; }

    public int ProductId { get; set; }

    public Product Product { get; set; } = null!;

    public int Quantity { get; set; }
}
