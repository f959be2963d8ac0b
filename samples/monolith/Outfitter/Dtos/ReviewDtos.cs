using System.ComponentModel.DataAnnotations;
using Outfitter.Entities;

namespace Outfitter.Dtos;

public sealed record ReviewDto(int Id, int ProductId, string Author, int Rating, string Title, string Text, ReviewStatus Status, DateTime At, int Helpful, int NotHelpful);

public sealed record WriteReviewRequest([Range(1, 5)] int Rating, [MinLength(3), MaxLength(100)] string Title, [MinLength(10), MaxLength(4000)] string Text);
