using System.ComponentModel.DataAnnotations.Schema;

namespace Outfitter.Entities;

[Table("order_status_changes")]
public class OrderStatusChange : EntityBase
{
    public int OrderId { get; set; }

    public OrderStatus Status { get; set; }

    public DateTime At { get; set; }

    public string? Remark { get; set; }
}
