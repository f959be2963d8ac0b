using System.ComponentModel.DataAnnotations.Schema;
using Outfitter.Common;

namespace Outfitter.Entities;

/// <summary>What the tax office wants to see of an order.</summary>
[Table("invoices")]
public class Invoice : EntityBase
{
    public string Number { get; set; } = "";

    public int OrderId { get; set; }

    public Order Order { get; set; } = null!;

    public DateTime IssuedAt { get; set; }

    public Address BillingAddress { get; set; } = null!;

    public Money Net { get; set; }

    public Money Tax { get; set; }

    public Money Gross { get; set; }
}
