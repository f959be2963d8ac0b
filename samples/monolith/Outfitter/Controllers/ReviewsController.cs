using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Infrastructure;
using Outfitter.Services;

namespace Outfitter.Controllers;

[ApiController, Route("api")]
public sealed class ReviewsController(ReviewService reviews) : ControllerBase
{
    [HttpGet("products/{productId:int}/reviews")]
    public Task<PagedResult<ReviewDto>> OfProduct(int productId, [FromQuery] PageQuery paging, CancellationToken ct) => reviews.OfProductAsync(productId, paging, ct);

    [HttpPost("products/{productId:int}/reviews"), Authorize]
    public async Task<ActionResult<ReviewDto>> Write(int productId, WriteReviewRequest request, CancellationToken ct) =>
        StatusCode(StatusCodes.Status201Created, await reviews.WriteAsync(productId, request, ct));

    [HttpPut("reviews/{id:int}/vote"), Authorize]
    public Task<ReviewDto> Vote(int id, CancellationToken ct, bool helpful = true) => reviews.VoteAsync(id, helpful, ct);

    [HttpGet("reviews/pending"), Authorize(Roles = CurrentUser.Staff)]
    public Task<PagedResult<ReviewDto>> Pending([FromQuery] PageQuery paging, CancellationToken ct) => reviews.PendingAsync(paging, ct);

    [HttpPost("reviews/{id:int}/approve"), Authorize(Roles = CurrentUser.Staff)]
    public Task<ReviewDto> Approve(int id, CancellationToken ct) => reviews.ModerateAsync(id, true, ct);

    [HttpPost("reviews/{id:int}/reject"), Authorize(Roles = CurrentUser.Staff)]
    public Task<ReviewDto> Reject(int id, CancellationToken ct) => reviews.ModerateAsync(id, false, ct);
}
