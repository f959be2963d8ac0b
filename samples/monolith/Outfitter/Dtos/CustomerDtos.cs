using System.ComponentModel.DataAnnotations;
using Outfitter.Common;
using Outfitter.Entities;

namespace Outfitter.Dtos;

public sealed record RegisterRequest(string Email, string Name, string Password, bool WantsNewsletter = false, SalesChannel Channel = SalesChannel.Web);

public sealed record LoginRequest(string Email, string Password);

public sealed record TokenDto(string Token, DateTime ExpiresAt);

public sealed record CustomerDto(int Id, string Email, string Name, bool WantsNewsletter, IReadOnlyList<CustomerDto.AddressEntry> Addresses, LoyaltyTier Tier, int Points)
{
    public sealed record AddressEntry(int Id, string Label, AddressDto Address, bool IsDefault);
}

public sealed record UpdateProfileRequest([MinLength(1), MaxLength(100)] string Name, bool WantsNewsletter);

public sealed record SaveAddressRequest(string Label, AddressDto Address, bool IsDefault = false);

/// <summary>Everything the shop knows of a customer, for whoever answers the telephone.</summary>
public sealed record CustomerOverviewDto(
    CustomerDto Customer, int Orders, Money Spent, DateTime? LastOrderAt, int Returns, int Reviews, int OpenBaskets, IReadOnlyList<OrderSummaryDto> LastOrders, IReadOnlyList<ProductSummaryDto> Wishlist);

public sealed record LoyaltyDto(int Points, Money Worth, LoyaltyTier Tier, IReadOnlyList<LoyaltyDto.Entry> Entries)
{
    public sealed record Entry(DateTime At, int Points, string Reason, string? Order, DateTime? ExpiresAt);
}
