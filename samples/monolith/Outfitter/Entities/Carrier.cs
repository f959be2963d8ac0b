using System.ComponentModel.DataAnnotations.Schema;

namespace Outfitter.Entities;

[Table("carriers")]
public class Carrier : EntityBase
{
    public string Code { get; set; } = "";

    public string Name { get; set; } = "";

    public string TrackingUrl { get; set; } = "";

    public List<ShippingRate> Rates { get; set; } = [];
}
