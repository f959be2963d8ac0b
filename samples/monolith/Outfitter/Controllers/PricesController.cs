using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Infrastructure;
using Outfitter.Services;

namespace Outfitter.Controllers;

[ApiController, Route("api/prices")]
public sealed class PricesController(IPriceService prices, CurrentUser user) : ControllerBase
{
    [HttpGet("{productId:int}")]
    public Task<PriceDto> Get(int productId, CancellationToken ct, [Range(1, 999)] int quantity = 1, SalesChannel channel = SalesChannel.Web, string country = "DE") =>
        prices.GetPriceAsync(productId, quantity, channel, country, ct);

    [HttpPost("quote")]
    public Task<QuoteDto> Quote(QuoteRequest request, CancellationToken ct) => prices.QuoteAsync(request, user.CustomerId, ct);

    [HttpPut("{productId:int}"), Authorize(Roles = CurrentUser.Staff)]
    public async Task<IActionResult> Set(int productId, SetPriceRequest request, CancellationToken ct)
    {
        await prices.SetPriceAsync(productId, request, ct);
        return NoContent();
    }
}
