using Outfitter.Dtos;
using Outfitter.Entities;

namespace Outfitter.Mapping;

public static class ReviewMapping
{
    /// <summary>The author is told by first name only.</summary>
    public static ReviewDto ToDto(this Review review) =>
        new(
            review.Id,
            review.ProductId,
            review.Customer.Name.Split(' ')[0],
            review.Rating,
            review.Title,
            review.Text,
            review.Status,
            review.CreatedAt,
            review.Votes.Count(v => v.Helpful),
            review.Votes.Count(v => !v.Helpful));
}
