using System.ComponentModel.DataAnnotations.Schema;

namespace Outfitter.Entities;

/// <summary>Points that came (positive) or went (negative).</summary>
[Table("loyalty_transactions")]
public class LoyaltyTransaction : EntityBase
{
    public int LoyaltyAccountId { get; set; }

    public LoyaltyAccount LoyaltyAccount { get; set; } = null!;

    public int Points { get; set; }

    public string Reason { get; set; } = "";

    public int? OrderId { get; set; }

    public Order? Order { get; set; }

    public DateTime At { get; set; }

    /// <summary>What of these points was not spent yet; zero for points that went.</summary>
    public int Remaining { get; set; }

    public DateTime? ExpiresAt { get; set; }
}
