using Outfitter.Dtos;
using Outfitter.Entities;

namespace Outfitter.Mapping;

public static class PaymentMapping
{
    public static PaymentDto ToDto(this Payment payment) =>
        new(payment.Id, payment.Status, payment.Amount, payment.Refunded, $"•••• {payment.CardLast4}", payment.PaidAt);

    public static InvoiceDto ToDto(this Invoice invoice) =>
        new(invoice.Number, invoice.Order.Number, invoice.IssuedAt, invoice.BillingAddress.ToDto(), invoice.Net, invoice.Tax, invoice.Gross);
}
