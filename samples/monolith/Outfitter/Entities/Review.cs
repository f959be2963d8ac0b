using System.ComponentModel.DataAnnotations.Schema;

namespace Outfitter.Entities;

[Table("reviews")]
public class Review : EntityBase
{
    public int ProductId { get; set; }

    public Product Product { get; set; } = null!;

    public int CustomerId { get; set; }

    public Customer Customer { get; set; } = null!;

    /// <summary>From 1 to 5.</summary>
    public int Rating { get; set; }

    public string Title { get; set; } = "";

    public string Text { get; set; } = "";

    public ReviewStatus Status { get; set; }

    public List<ReviewVote> Votes { get; set; } = [];
}

public enum ReviewStatus
{
    Pending,
    Approved,
    Rejected,
}
