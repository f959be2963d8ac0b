using System.Security.Claims;
using Outfitter.Common;

namespace Outfitter.Infrastructure;

/// <summary>Who is asking.</summary>
public sealed class CurrentUser(IHttpContextAccessor http)
{
    public const string Customer = "customer";
    public const string Staff = "staff";

    private ClaimsPrincipal? User => http.HttpContext?.User;

    /// <summary>Unset when nobody has signed in.</summary>
    public int? CustomerId => int.TryParse(User?.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    public bool IsStaff => User?.IsInRole(Staff) ?? false;

    /// <summary>For the audit: an address, or <c>system</c> when no request is at hand.</summary>
    public string Name => User?.FindFirstValue(ClaimTypes.Email) ?? "system";

    /// <summary>The customer's id, where the endpoint lets only customers in.</summary>
    public int RequireCustomer() => CustomerId ?? throw new RuleException("Sign in first.");
}
