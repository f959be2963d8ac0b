using System.ComponentModel.DataAnnotations.Schema;
using Outfitter.Common;

namespace Outfitter.Entities;

/// <summary>An entry of a customer's address book.</summary>
[Table("customer_addresses")]
public class CustomerAddress : EntityBase
{
    public int CustomerId { get; set; }

    public string Label { get; set; } = "";

    public Address Address { get; set; } = null!;

    public bool IsDefault { get; set; }
}
