using System.ComponentModel.DataAnnotations.Schema;
using Outfitter.Common;

namespace Outfitter.Entities;

/// <summary>What a carrier takes for a parcel up to a weight.</summary>
[Table("shipping_rates")]
public class ShippingRate : EntityBase
{
    public int CarrierId { get; set; }

    public Carrier Carrier { get; set; } = null!;

    public string Country { get; set; } = "";

    public int MaxWeightGrams { get; set; }

    public Money Price { get; set; }

    public int Days { get; set; }
}
