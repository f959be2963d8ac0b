using Outfitter.Dtos;
using Outfitter.Entities;

namespace Outfitter.Mapping;

public static class CustomerMapping
{
    public static CustomerDto ToDto(this Customer customer) =>
        new(
            customer.Id,
            customer.Email,
            customer.Name,
            customer.WantsNewsletter,
            [.. customer.Addresses.OrderBy(a => a.Id).Select(a => new CustomerDto.AddressEntry(a.Id, a.Label, a.Address.ToDto(), a.IsDefault))],
            customer.Loyalty?.Tier ?? LoyaltyTier.Basic,
            customer.Loyalty?.Points ?? 0);
}
