using System.ComponentModel.DataAnnotations;
using Outfitter.Common;
using Outfitter.Entities;

namespace Outfitter.Dtos;

public sealed record PaymentDto(int Id, PaymentStatus Status, Money Amount, Money Refunded, string Card, DateTime PaidAt);

public sealed record RefundRequest(Money Amount, [MinLength(3), MaxLength(200)] string Reason);

public sealed record InvoiceDto(string Number, string Order, DateTime IssuedAt, AddressDto BillingAddress, Money Net, Money Tax, Money Gross);
