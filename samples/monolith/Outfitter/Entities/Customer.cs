using System.ComponentModel.DataAnnotations.Schema;
using Outfitter.Common;

namespace Outfitter.Entities;

/// <summary>Somebody with an account: a customer, or one of us.</summary>
[Table("customers")]
public class Customer : EntityBase
{
    /// <summary>In lower case, once.</summary>
    public string Email { get; set; } = "";

    public string Name { get; set; } = "";

    public string PasswordHash { get; set; } = "";

    public bool IsStaff { get; set; }

    public bool WantsNewsletter { get; set; }

    public SalesChannel AcquiredBy { get; set; }

    public List<CustomerAddress> Addresses { get; set; } = [];

    public LoyaltyAccount? Loyalty { get; set; }

    public List<Order> Orders { get; set; } = [];
}
