using System.ComponentModel.DataAnnotations.Schema;

namespace Outfitter.Entities;

[Table("categories")]
public class Category : EntityBase
{
    public string Name { get; set; } = "";

    public string Slug { get; set; } = "";

    public int? ParentId { get; set; }

    public Category? Parent { get; set; }

    public List<Category> Children { get; set; } = [];

    public List<Product> Products { get; set; } = [];
}
