using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Entities;
using Outfitter.Infrastructure;
using Outfitter.Services;

namespace Outfitter.Controllers;

[ApiController, Route("api/orders"), Authorize]
public sealed class OrdersController(IOrderService orders, IPaymentService payments, ShippingService shipping, InvoiceService invoices) : ControllerBase
{
    [HttpPost]
    public async Task<ActionResult<OrderDto>> Place(PlaceOrderRequest request, CancellationToken ct)
    {
        var order = await orders.PlaceAsync(request, ct);
        return CreatedAtAction(nameof(Get), new { number = order.Number }, order);
    }

    /// <summary>The caller's own orders.</summary>
    [HttpGet]
    public Task<PagedResult<OrderSummaryDto>> ListMine([FromQuery] PageQuery paging, CancellationToken ct) => orders.ListMineAsync(paging, ct);

    [HttpGet("all"), Authorize(Roles = CurrentUser.Staff)]
    public Task<PagedResult<OrderSummaryDto>> ListAll([FromQuery] PageQuery paging, CancellationToken ct, OrderStatus? status = null) => orders.ListAllAsync(status, paging, ct);

    [HttpGet("{number}")]
    public Task<OrderDto> Get(string number, CancellationToken ct) => orders.GetAsync(number, ct);

    [HttpPost("{number}/cancel")]
    public Task<OrderDto> Cancel(string number, CancellationToken ct) => orders.CancelAsync(number, ct);

    [HttpPost("{number}/returns")]
    public async Task<ActionResult<ReturnDto>> RequestReturn(string number, RequestReturnRequest request, CancellationToken ct) =>
        StatusCode(StatusCodes.Status201Created, await orders.RequestReturnAsync(number, request, ct));

    [HttpGet("/api/returns"), Authorize(Roles = CurrentUser.Staff)]
    public Task<PagedResult<ReturnDto>> Returns([FromQuery] PageQuery paging, CancellationToken ct, ReturnStatus? status = null) => orders.ListReturnsAsync(status, paging, ct);

    [HttpPost("/api/returns/{id:int}/accept"), Authorize(Roles = CurrentUser.Staff)]
    public Task<ReturnDto> AcceptReturn(int id, CancellationToken ct) => orders.AcceptReturnAsync(id, ct);

    [HttpPost("/api/returns/{id:int}/decline"), Authorize(Roles = CurrentUser.Staff)]
    public Task<ReturnDto> DeclineReturn(int id, CancellationToken ct) => orders.DeclineReturnAsync(id, ct);

    [HttpGet("{number}/payments")]
    public async Task<IReadOnlyList<PaymentDto>> Payments(string number, CancellationToken ct)
    {
        await orders.GetAsync(number, ct);
        return await payments.OfOrderAsync(number, ct);
    }

    [HttpGet("{number}/shipments")]
    public async Task<IReadOnlyList<ShipmentDto>> Shipments(string number, CancellationToken ct)
    {
        await orders.GetAsync(number, ct);
        return await shipping.OfOrderAsync(number, ct);
    }

    [HttpGet("{number}/invoice")]
    public async Task<InvoiceDto> Invoice(string number, CancellationToken ct)
    {
        await orders.GetAsync(number, ct);
        return await invoices.OfOrderAsync(number, ct);
    }
}
