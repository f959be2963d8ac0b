using System.ComponentModel.DataAnnotations.Schema;

namespace Outfitter.Entities;

[Table("brands")]
public class Brand : EntityBase
{
    public string Name { get; set; } = "";

    public string Slug { get; set; } = "";
}
