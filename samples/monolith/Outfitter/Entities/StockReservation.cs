using System.ComponentModel.DataAnnotations.Schema;

namespace Outfitter.Entities;

/// <summary>What a warehouse holds back for a line of an order.</summary>
[Table("stock_reservations")]
public class StockReservation : EntityBase
{
    public int OrderId { get; set; }

    public Order Order { get; set; } = null!;

    public int ProductId { get; set; }

    public int WarehouseId { get; set; }

    public int Quantity { get; set; }
}
