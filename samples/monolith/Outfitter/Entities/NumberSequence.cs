using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace Outfitter.Entities;

/// <summary>The last number that was given to an order, an invoice, a shipment …</summary>
[Table("number_sequences")]
public class NumberSequence
{
    [Key]
    public string Name { get; set; } = "";

    public int Last { get; set; }
}
