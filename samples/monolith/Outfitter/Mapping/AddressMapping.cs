using Outfitter.Common;
using Outfitter.Dtos;

namespace Outfitter.Mapping;

public static class AddressMapping
{
    public static AddressDto ToDto(this Address address) => new(address.Recipient, address.Street, address.PostalCode, address.City, address.Country);

    public static Address ToAddress(this AddressDto dto) => new(dto.Recipient.Trim(), dto.Street.Trim(), dto.PostalCode.Trim(), dto.City.Trim(), dto.Country.ToUpperInvariant());
}
