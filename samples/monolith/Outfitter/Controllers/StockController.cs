using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Infrastructure;
using Outfitter.Services;

namespace Outfitter.Controllers;

[ApiController, Route("api/stock/{productId:int}")]
public sealed class StockController(IStockService stock) : ControllerBase
{
    [HttpGet]
    public Task<IReadOnlyList<StockLevelDto>> Levels(int productId, CancellationToken ct) => stock.LevelsAsync(productId, ct);

    [HttpPost("adjustments"), Authorize(Roles = CurrentUser.Staff)]
    public Task<IReadOnlyList<StockLevelDto>> Adjust(int productId, AdjustStockRequest request, CancellationToken ct) => stock.AdjustAsync(productId, request, ct);

    [HttpGet("movements"), Authorize(Roles = CurrentUser.Staff)]
    public Task<PagedResult<StockMovementDto>> Movements(int productId, [FromQuery] PageQuery paging, CancellationToken ct) => stock.MovementsAsync(productId, paging, ct);
}
