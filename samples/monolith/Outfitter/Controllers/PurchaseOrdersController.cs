using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Infrastructure;
using Outfitter.Services;

namespace Outfitter.Controllers;

[ApiController, Route("api/purchase-orders"), Authorize(Roles = CurrentUser.Staff)]
public sealed class PurchaseOrdersController(ReplenishmentService replenishment) : ControllerBase
{
    [HttpGet]
    public Task<PagedResult<PurchaseOrderDto>> List([FromQuery] PageQuery paging, CancellationToken ct) => replenishment.ListAsync(paging, ct);

    [HttpPost("propose")]
    public Task<IReadOnlyList<PurchaseOrderDto>> Propose(CancellationToken ct) => replenishment.ProposeAsync(ct);

    [HttpPost("{id:int}/send")]
    public Task<PurchaseOrderDto> Send(int id, CancellationToken ct) => replenishment.SendAsync(id, ct);

    [HttpPost("{id:int}/receive")]
    public Task<PurchaseOrderDto> Receive(int id, CancellationToken ct) => replenishment.ReceiveAsync(id, ct);
}
