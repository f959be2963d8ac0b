using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Infrastructure;
using Outfitter.Services;

namespace Outfitter.Controllers;

[ApiController, Route("api/baskets")]
public sealed class BasketsController(BasketService baskets, CheckoutService checkout, CurrentUser user) : ControllerBase
{
    [HttpPost]
    public async Task<ActionResult<BasketDto>> Create(CancellationToken ct, SalesChannel channel = SalesChannel.Web)
    {
        var basket = await baskets.CreateAsync(channel, ct);
        return CreatedAtAction(nameof(Get), new { token = basket.Token }, basket);
    }

    [HttpGet("{token:guid}")]
    public Task<BasketDto> Get(Guid token, CancellationToken ct) => baskets.GetAsync(token, ct);

    [HttpPost("{token:guid}/items")]
    public Task<BasketDto> AddItem(Guid token, AddItemRequest request, CancellationToken ct) => baskets.AddItemAsync(token, request, ct);

    [HttpPut("{token:guid}/items/{productId:int}")]
    public Task<BasketDto> ChangeQuantity(Guid token, int productId, [Required, Range(0, 99)] int quantity, CancellationToken ct) =>
        baskets.ChangeQuantityAsync(token, productId, quantity, ct);

    [HttpPut("{token:guid}/coupon/{code:maxlength(40)}")]
    public Task<BasketDto> UseCoupon(Guid token, string code, CancellationToken ct) => baskets.UseCouponAsync(token, code, ct);

    [HttpDelete("{token:guid}/coupon")]
    public Task<BasketDto> ForgetCoupon(Guid token, CancellationToken ct) => baskets.UseCouponAsync(token, null, ct);

    /// <summary>What an order of the basket would come to, and who could bring it.</summary>
    [HttpGet("{token:guid}/checkout"), Authorize]
    public Task<CheckoutSummaryDto> Checkout(Guid token, CancellationToken ct, string country = "DE") => checkout.SummariseAsync(token, user.RequireCustomer(), country, ct);

    [HttpDelete("{token:guid}")]
    public async Task<IActionResult> Delete(Guid token, CancellationToken ct)
    {
        await baskets.DeleteAsync(token, ct);
        return NoContent();
    }
}
