using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Infrastructure;
using Outfitter.Services;

namespace Outfitter.Controllers;

[ApiController, Route("api/customers"), Authorize(Roles = CurrentUser.Staff)]
public sealed class CustomersController(CustomerService customers) : ControllerBase
{
    [HttpGet]
    public Task<PagedResult<CustomerDto>> Search([FromQuery] PageQuery paging, CancellationToken ct, string? search = null) => customers.SearchAsync(search, paging, ct);

    [HttpGet("{id:int}")]
    public Task<CustomerOverviewDto> Overview(int id, CancellationToken ct) => customers.OverviewAsync(id, ct);
}
