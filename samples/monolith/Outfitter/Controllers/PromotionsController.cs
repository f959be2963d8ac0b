using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Infrastructure;
using Outfitter.Services;

namespace Outfitter.Controllers;

[ApiController, Route("api/promotions"), Authorize(Roles = CurrentUser.Staff)]
public sealed class PromotionsController(PromotionService promotions, CouponService coupons) : ControllerBase
{
    [HttpGet]
    public Task<PagedResult<PromotionDto>> List([FromQuery] PageQuery paging, CancellationToken ct, bool onlyActive = false) => promotions.ListAsync(onlyActive, paging, ct);

    [HttpPost]
    public async Task<ActionResult<PromotionDto>> Create(SavePromotionRequest request, CancellationToken ct) =>
        StatusCode(StatusCodes.Status201Created, await promotions.CreateAsync(request, ct));

    [HttpPut("{id:int}")]
    public Task<PromotionDto> Update(int id, SavePromotionRequest request, CancellationToken ct) => promotions.UpdateAsync(id, request, ct);

    [HttpPost("{id:int}/end")]
    public async Task<IActionResult> End(int id, CancellationToken ct)
    {
        await promotions.EndAsync(id, ct);
        return NoContent();
    }

    [HttpGet("/api/coupons/{code}")]
    public Task<CouponDto> GetCoupon(string code, CancellationToken ct) => coupons.GetAsync(code, ct);

    [HttpPost("/api/coupons")]
    public async Task<ActionResult<CouponDto>> CreateCoupon(CouponDto request, CancellationToken ct)
    {
        var coupon = await coupons.CreateAsync(request, ct);
        return CreatedAtAction(nameof(GetCoupon), new { code = coupon.Code }, coupon);
    }
}
