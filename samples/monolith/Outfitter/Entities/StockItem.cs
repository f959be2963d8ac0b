using System.ComponentModel.DataAnnotations.Schema;

namespace Outfitter.Entities;

/// <summary>How much of a product lies in a warehouse, and how much of that is promised to somebody.</summary>
[Table("stock_items")]
public class StockItem : EntityBase, IAudited
{
    public int ProductId { get; set; }

    public Product Product { get; set; } = null!;

    public int WarehouseId { get; set; }

    public Warehouse Warehouse { get; set; } = null!;

    public int OnHand { get; set; }

    public int Reserved { get; set; }

    /// <summary>Below this, more is bought.</summary>
    public int ReorderPoint { get; set; }

    public int ReorderQuantity { get; set; }

    public int Available => OnHand - Reserved;

    string IAudited.AuditKey => $"product {ProductId} in warehouse {WarehouseId}";
}
