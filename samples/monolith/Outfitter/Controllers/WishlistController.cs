using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Outfitter.Dtos;
using Outfitter.Infrastructure;
using Outfitter.Services;

namespace Outfitter.Controllers;

[ApiController, Route("api/wishlist"), Authorize]
public sealed class WishlistController(WishlistService wishes, CurrentUser user) : ControllerBase
{
    [HttpGet]
    public Task<IReadOnlyList<ProductSummaryDto>> List(CancellationToken ct) => wishes.ListAsync(user.RequireCustomer(), ct);

    [HttpPut("{productId:int}")]
    public async Task<IActionResult> Add(int productId, CancellationToken ct)
    {
        await wishes.AddAsync(user.RequireCustomer(), productId, ct);
        return NoContent();
    }

    [HttpDelete("{productId:int}")]
    public async Task<IActionResult> Remove(int productId, CancellationToken ct)
    {
        await wishes.RemoveAsync(user.RequireCustomer(), productId, ct);
        return NoContent();
    }
}
