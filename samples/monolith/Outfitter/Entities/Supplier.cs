using System.ComponentModel.DataAnnotations.Schema;

namespace Outfitter.Entities;

[Table("suppliers")]
public class Supplier : EntityBase
{
    public string Name { get; set; } = "";

    public string Email { get; set; } = "";

    public int LeadTimeDays { get; set; }

    /// <summary>A supplier delivers the goods of one brand.</summary>
    public int BrandId { get; set; }

    public Brand Brand { get; set; } = null!;
}
