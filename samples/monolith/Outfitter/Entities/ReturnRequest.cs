using System.ComponentModel.DataAnnotations.Schema;
using Outfitter.Common;

namespace Outfitter.Entities;

/// <summary>A customer wants to give something back.</summary>
[Table("return_requests")]
public class ReturnRequest : EntityBase
{
    public string Number { get; set; } = "";

    public int OrderId { get; set; }

    public Order Order { get; set; } = null!;

    public string Reason { get; set; } = "";

    public ReturnStatus Status { get; set; }

    public Money RefundTotal { get; set; }

    public List<ReturnLine> Lines { get; set; } = [];
}

public enum ReturnStatus
{
    Requested,
    Accepted,
    Declined,
}
