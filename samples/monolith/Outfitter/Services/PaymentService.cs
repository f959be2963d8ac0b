using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Entities;
using Outfitter.Infrastructure;
using Outfitter.Mapping;

namespace Outfitter.Services;

public interface IPaymentService
{
    /// <summary>Takes the order's total from a card. Nothing is asked of the provider when there is nothing to pay.</summary>
    /// <exception cref="PaymentRefusedException">The provider refuses.</exception>
    Task<Payment?> ChargeAsync(Order order, string card, CancellationToken ct);

    /// <summary>Undoes a charge whose order could not be saved after all.</summary>
    Task GiveBackAsync(Payment? payment);

    Money Refundable(Order order);

    Task RefundAsync(Order order, Money amount, string reason, CancellationToken ct);

    Task<PaymentDto> RefundAsync(int paymentId, RefundRequest request, CancellationToken ct);

    Task<IReadOnlyList<PaymentDto>> OfOrderAsync(string orderNumber, CancellationToken ct);
}

public sealed partial class PaymentService(ShopDbContext db, IPaymentGateway gateway, UnitOfWork work, Clock clock, ILogger<PaymentService> logger) : IPaymentService
{
    public async Task<Payment?> ChargeAsync(Order order, string card, CancellationToken ct)
    {
        if (order.Total <= Money.Zero)
            return null;
        var digits = card.Replace(" ", "");
        var reference = await gateway.ChargeAsync(order.Number, order.Total, digits, ct);
        var payment = new Payment { Order = order, Amount = order.Total, ProviderReference = reference, CardLast4 = digits[^4..], PaidAt = clock.Now };
        db.Payments.Add(payment);
        return payment;
    }

    public async Task GiveBackAsync(Payment? payment)
    {
        if (payment is null)
            return;
        try
        {
            await gateway.RefundAsync($"{payment.ProviderReference}-undo", payment.ProviderReference, payment.Amount, CancellationToken.None);
        }
        catch (Exception e)
        {
            Log.LostCharge(logger, e, payment.ProviderReference, payment.Amount.Cents);
        }
    }

    public Money Refundable(Order order) => order.Payments.Total(p => p.Amount - p.Refunded);

    public async Task RefundAsync(Order order, Money amount, string reason, CancellationToken ct)
    {
        foreach (var payment in order.Payments)
        {
            var part = Money.Min(amount, payment.Amount - payment.Refunded);
            await RefundAsync(payment, part, reason, ct);
            amount -= part;
        }
    }

    public async Task<PaymentDto> RefundAsync(int paymentId, RefundRequest request, CancellationToken ct)
    {
        var payment = await db.Payments.FirstOrDefaultAsync(p => p.Id == paymentId, ct) ?? throw new NotFoundException("payment", paymentId);
        if (request.Amount <= Money.Zero || request.Amount > payment.Amount - payment.Refunded)
            throw new RuleException($"From 0.01 to {payment.Amount - payment.Refunded} can be refunded.");
        await RefundAsync(payment, request.Amount, request.Reason, ct);
        await work.SaveAsync(ct);
        return payment.ToDto();
    }

    public async Task<IReadOnlyList<PaymentDto>> OfOrderAsync(string orderNumber, CancellationToken ct) =>
        [.. (await db.Payments.AsNoTracking().Where(p => p.Order.Number == orderNumber).OrderBy(p => p.Id).ToListAsync(ct)).Select(p => p.ToDto())];

    private async Task RefundAsync(Payment payment, Money amount, string reason, CancellationToken ct)
    {
        if (amount <= Money.Zero)
            return;
        var key = string.Create(CultureInfo.InvariantCulture, $"{payment.ProviderReference}-{payment.Refunded.Cents}-{amount.Cents}");
        var reference = await gateway.RefundAsync(key, payment.ProviderReference, amount, ct);
        payment.Refunded += amount;
        payment.Status = payment.Refunded == payment.Amount ? PaymentStatus.Refunded : PaymentStatus.PartlyRefunded;
        db.Refunds.Add(new Refund { Payment = payment, Amount = amount, Reason = reason, ProviderReference = reference });
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "Charge {Reference} of {Cents} cents belongs to no order and could not be given back")]
        public static partial void LostCharge(ILogger logger, Exception e, string reference, long cents);
    }
}
