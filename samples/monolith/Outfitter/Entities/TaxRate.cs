using System.ComponentModel.DataAnnotations.Schema;

namespace Outfitter.Entities;

[Table("tax_rates")]
public class TaxRate : EntityBase
{
    public string Country { get; set; } = "";

    public string TaxClass { get; set; } = "";

    public decimal Percent { get; set; }
}
