using System.ComponentModel.DataAnnotations.Schema;

namespace Outfitter.Entities;

[Table("return_lines")]
public class ReturnLine : EntityBase
{
    public int ReturnRequestId { get; set; }

    public int OrderLineId { get; set; }

    public OrderLine OrderLine { get; set; } = null!;

    public int Quantity { get; set; }
}
