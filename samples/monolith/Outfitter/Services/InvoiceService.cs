using Microsoft.EntityFrameworkCore;
using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Entities;
using Outfitter.Infrastructure;
using Outfitter.Mapping;

namespace Outfitter.Services;

public sealed class InvoiceService(ShopDbContext db, NumberGenerator numbers, Clock clock)
{
    /// <summary>Points are a way to pay, so the invoice is over what was sold.</summary>
    public async Task IssueAsync(Order order, CancellationToken ct)
    {
        var gross = order.Total + order.PointsTotal;
        db.Invoices.Add(new Invoice
        {
            Number = await numbers.NextAsync("I", ct),
            Order = order,
            IssuedAt = clock.Now,
            BillingAddress = order.ShippingAddress,
            Net = gross - order.TaxTotal,
            Tax = order.TaxTotal,
            Gross = gross,
        });
    }

    public async Task<InvoiceDto> OfOrderAsync(string orderNumber, CancellationToken ct) =>
        (await db.Invoices.AsNoTracking().Include(i => i.Order).FirstOrDefaultAsync(i => i.Order.Number == orderNumber, ct)
            ?? throw new NotFoundException("invoice for order", orderNumber)).ToDto();
}
