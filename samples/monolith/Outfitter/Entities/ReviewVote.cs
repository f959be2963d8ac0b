using System.ComponentModel.DataAnnotations.Schema;

namespace Outfitter.Entities;

[Table("review_votes")]
public class ReviewVote : EntityBase
{
    public int ReviewId { get; set; }

    public int CustomerId { get; set; }

    public bool Helpful { get; set; }
}
