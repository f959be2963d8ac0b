using System.ComponentModel.DataAnnotations.Schema;
using Outfitter.Common;

namespace Outfitter.Entities;

/// <summary>Money that a customer gave us for an order.</summary>
[Table("payments")]
public class Payment : EntityBase
{
    public int OrderId { get; set; }

    public Order Order { get; set; } = null!;

    public Money Amount { get; set; }

    public Money Refunded { get; set; }

    public PaymentStatus Status { get; set; }

    /// <summary>What the provider calls it.</summary>
    public string ProviderReference { get; set; } = "";

    public string CardLast4 { get; set; } = "";

    public DateTime PaidAt { get; set; }

    public List<Refund> Refunds { get; set; } = [];
}

public enum PaymentStatus
{
    Captured,
    PartlyRefunded,
    Refunded,
}
