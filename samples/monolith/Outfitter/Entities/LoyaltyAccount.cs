using System.ComponentModel.DataAnnotations.Schema;

namespace Outfitter.Entities;

[Table("loyalty_accounts")]
public class LoyaltyAccount : EntityBase
{
    public int CustomerId { get; set; }

    public Customer Customer { get; set; } = null!;

    public int Points { get; set; }

    public LoyaltyTier Tier { get; set; }

    public List<LoyaltyTransaction> Transactions { get; set; } = [];
}

public enum LoyaltyTier
{
    Basic,
    Silver,
    Gold,
}
