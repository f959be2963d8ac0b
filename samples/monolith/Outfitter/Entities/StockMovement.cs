using System.ComponentModel.DataAnnotations.Schema;

namespace Outfitter.Entities;

/// <summary>Why there is more or less on hand than before.</summary>
[Table("stock_movements")]
public class StockMovement : EntityBase
{
    public int ProductId { get; set; }

    public Product Product { get; set; } = null!;

    public int WarehouseId { get; set; }

    public Warehouse Warehouse { get; set; } = null!;

    public MovementKind Kind { get; set; }

    public int Quantity { get; set; }

    public string Reason { get; set; } = "";
}

public enum MovementKind
{
    Received,
    Dispatched,
    Returned,
    Adjusted,
}
