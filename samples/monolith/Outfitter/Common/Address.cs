namespace Outfitter.Common;

/// <summary>Where something goes to or stands.</summary>
/// <param name="Country">Two letters, ISO 3166: DE.</param>
public sealed record Address(string Recipient, string Street, string PostalCode, string City, string Country)
{
    public override string ToString() => $"{Recipient}, {Street}, {PostalCode} {City}, {Country}";
}
