using Microsoft.EntityFrameworkCore;
using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Entities;
using Outfitter.Infrastructure;
using Outfitter.Mapping;

namespace Outfitter.Services;

public sealed class CouponService(ShopDbContext db, UnitOfWork work, Clock clock)
{
    public async Task<CouponDto> GetAsync(string code, CancellationToken ct) => (await FindAsync(code, ct) ?? throw new NotFoundException("coupon", code)).ToDto();

    public async Task<CouponDto> CreateAsync(CouponDto request, CancellationToken ct)
    {
        var coupon = new Coupon
        {
            Code = request.Code.ToUpperInvariant(),
            Percent = request.Percent,
            AmountOff = request.AmountOff,
            MinimumSpend = request.MinimumSpend,
            ValidFrom = request.ValidFrom,
            ValidUntil = request.ValidUntil,
            MaxUses = request.MaxUses,
            OncePerCustomer = request.OncePerCustomer,
        };
        db.Coupons.Add(coupon);
        await work.SaveAsync(ct);
        return coupon.ToDto();
    }

    /// <summary>What a code takes off an amount, or why it takes nothing off.</summary>
    public async Task<(Money Discount, string? Refusal)> DiscountAsync(string? code, Money amount, int? customerId, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(code))
            return (Money.Zero, null);
        if (await FindAsync(code, ct) is not { } coupon)
            return (Money.Zero, $"There is no coupon '{code}'.");
        if (!new DateRange(coupon.ValidFrom, coupon.ValidUntil).Contains(clock.Now))
            return (Money.Zero, $"The coupon '{code}' is not valid now.");
        if (coupon.MaxUses <= coupon.Uses)
            return (Money.Zero, $"The coupon '{code}' is used up.");
        if (amount < coupon.MinimumSpend)
            return (Money.Zero, $"The coupon '{code}' needs goods for {coupon.MinimumSpend}.");
        if (coupon.OncePerCustomer && customerId is { } customer && await db.CouponRedemptions.AnyAsync(r => r.CouponId == coupon.Id && r.CustomerId == customer, ct))
            return (Money.Zero, $"You have used the coupon '{code}' before.");
        return (Money.Min(amount, coupon.Percent > 0 ? amount.Percent(coupon.Percent) : coupon.AmountOff), null);
    }

    /// <summary>Counts a use; two at the same moment are refused by the coupon's version.</summary>
    public async Task RedeemAsync(string code, Order order, CancellationToken ct)
    {
        var coupon = await FindAsync(code, ct) ?? throw new NotFoundException("coupon", code);
        coupon.Uses++;
        db.CouponRedemptions.Add(new CouponRedemption { Coupon = coupon, Order = order, CustomerId = order.CustomerId });
    }

    public async Task UndoAsync(int orderId, CancellationToken ct)
    {
        var redemptions = await db.CouponRedemptions.Include(r => r.Coupon).Where(r => r.OrderId == orderId).ToListAsync(ct);
        foreach (var redemption in redemptions)
        {
            redemption.Coupon.Uses--;
            db.CouponRedemptions.Remove(redemption);
        }
    }

    private Task<Coupon?> FindAsync(string code, CancellationToken ct)
    {
        var upper = code.Trim().ToUpperInvariant();
        return db.Coupons.FirstOrDefaultAsync(c => c.Code == upper, ct);
    }
}
