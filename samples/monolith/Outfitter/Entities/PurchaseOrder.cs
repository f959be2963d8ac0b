using System.ComponentModel.DataAnnotations.Schema;

namespace Outfitter.Entities;

/// <summary>What we buy from a supplier.</summary>
[Table("purchase_orders")]
public class PurchaseOrder : EntityBase
{
    public string Number { get; set; } = "";

    public int SupplierId { get; set; }

    public Supplier Supplier { get; set; } = null!;

    public int WarehouseId { get; set; }

    public Warehouse Warehouse { get; set; } = null!;

    public PurchaseOrderStatus Status { get; set; }

    public DateTime ExpectedAt { get; set; }

    public List<PurchaseOrderLine> Lines { get; set; } = [];
}

public enum PurchaseOrderStatus
{
    Proposed,
    Sent,
    Received,
    Cancelled,
}
