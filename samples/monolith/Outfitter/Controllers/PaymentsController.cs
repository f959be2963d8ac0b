using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Outfitter.Dtos;
using Outfitter.Infrastructure;
using Outfitter.Services;

namespace Outfitter.Controllers;

[ApiController, Route("api/payments"), Authorize(Roles = CurrentUser.Staff)]
public sealed class PaymentsController(IPaymentService payments) : ControllerBase
{
    [HttpPost("{id:int}/refunds")]
    public Task<PaymentDto> Refund(int id, RefundRequest request, CancellationToken ct) => payments.RefundAsync(id, request, ct);
}
