namespace Outfitter.Dtos;

/// <summary>An address as it travels: of a customer, an order, a shipment or an invoice.</summary>
/// <param name="Country">Two letters, ISO 3166: DE.</param>
public sealed record AddressDto(string Recipient, string Street, string PostalCode, string City, string Country);
