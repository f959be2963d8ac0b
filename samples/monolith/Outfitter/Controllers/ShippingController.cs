using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Entities;
using Outfitter.Infrastructure;
using Outfitter.Services;

namespace Outfitter.Controllers;

[ApiController, Route("api")]
public sealed class ShippingController(ShippingService shipping) : ControllerBase
{
    [HttpGet("shipping/options")]
    public Task<IReadOnlyList<ShippingOptionDto>> Options(CancellationToken ct, [Range(0, 100_000)] int weightGrams = 1000, string country = "DE") =>
        shipping.OptionsAsync(country, weightGrams, Money.Zero, LoyaltyTier.Basic, ct);

    [HttpGet("shipments"), Authorize(Roles = CurrentUser.Staff)]
    public Task<PagedResult<ShipmentDto>> List([FromQuery] PageQuery paging, CancellationToken ct, ShipmentStatus status = ShipmentStatus.Pending) => shipping.ListAsync(status, paging, ct);

    [HttpPost("shipments/{id:int}/dispatch"), Authorize(Roles = CurrentUser.Staff)]
    public Task<ShipmentDto> Dispatch(int id, [Required, MinLength(4), MaxLength(40)] string trackingCode, CancellationToken ct) =>
        shipping.DispatchAsync(id, trackingCode, ct);

    [HttpPost("shipments/{id:int}/tracking"), Authorize(Roles = CurrentUser.Staff)]
    public Task<ShipmentDto> Track(int id, TrackingUpdateRequest request, CancellationToken ct) => shipping.TrackAsync(id, request, ct);
}
