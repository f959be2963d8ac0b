using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Outfitter.Dtos;
using Outfitter.Infrastructure;
using Outfitter.Services;

namespace Outfitter.Controllers;

[ApiController, Route("api/account"), Authorize]
public sealed class AccountController(CustomerService customers, LoyaltyService loyalty, CurrentUser user) : ControllerBase
{
    [HttpPost("register"), AllowAnonymous]
    public async Task<ActionResult<CustomerDto>> Register(RegisterRequest request, CancellationToken ct) => StatusCode(StatusCodes.Status201Created, await customers.RegisterAsync(request, ct));

    [HttpPost("sign-in"), AllowAnonymous]
    public Task<TokenDto> SignIn(LoginRequest request, CancellationToken ct) => customers.SignInAsync(request, ct);

    [HttpGet]
    public Task<CustomerDto> Get(CancellationToken ct) => customers.GetAsync(user.RequireCustomer(), ct);

    [HttpPut]
    public Task<CustomerDto> Update(UpdateProfileRequest request, CancellationToken ct) => customers.UpdateAsync(user.RequireCustomer(), request, ct);

    [HttpPost("addresses")]
    public Task<CustomerDto> AddAddress(SaveAddressRequest request, CancellationToken ct) => customers.AddAddressAsync(user.RequireCustomer(), request, ct);

    [HttpDelete("addresses/{id:int}")]
    public async Task<IActionResult> RemoveAddress(int id, CancellationToken ct)
    {
        await customers.RemoveAddressAsync(user.RequireCustomer(), id, ct);
        return NoContent();
    }

    [HttpGet("points")]
    public Task<LoyaltyDto> Points(CancellationToken ct) => loyalty.GetAsync(user.RequireCustomer(), ct);
}
