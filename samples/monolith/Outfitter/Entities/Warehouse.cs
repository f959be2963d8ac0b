using System.ComponentModel.DataAnnotations.Schema;
using Outfitter.Common;

namespace Outfitter.Entities;

[Table("warehouses")]
public class Warehouse : EntityBase
{
    public string Code { get; set; } = "";

    public Address Address { get; set; } = null!;

    /// <summary>Orders are filled from the lowest number that has enough.</summary>
    public int Preference { get; set; }
}
