using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Entities;
using Outfitter.Infrastructure;
using Outfitter.Options;

namespace Outfitter.Services;

public sealed class LoyaltyService(ShopDbContext db, UnitOfWork work, Clock clock, IOptions<LoyaltyOptions> options)
{
    public async Task<LoyaltyDto> GetAsync(int customerId, CancellationToken ct)
    {
        var account = await AccountAsync(customerId, ct);
        var entries = await db.LoyaltyTransactions.AsNoTracking()
            .Where(t => t.LoyaltyAccountId == account.Id)
            .OrderByDescending(t => t.Id)
            .Take(100)
            .Select(t => new LoyaltyDto.Entry(t.At, t.Points, t.Reason, t.Order == null ? null : t.Order.Number, t.ExpiresAt))
            .ToListAsync(ct);
        return new LoyaltyDto(account.Points, new Money(account.Points), account.Tier, entries);
    }

    /// <summary>Points for what was paid for the goods; once for each order.</summary>
    public async Task EarnAsync(Order order, CancellationToken ct)
    {
        var account = await AccountAsync(order.CustomerId, ct);
        var points = PointsFor(order.Total - order.ShippingTotal);
        if (points <= 0 || await db.LoyaltyTransactions.AnyAsync(t => t.OrderId == order.Id && t.Points > 0, ct))
            return;
        Add(account, points, $"Order {order.Number}", order.Id);
        await work.SaveAsync(ct);
        account.Tier = await TierAsync(account.Id, ct);
        await work.SaveAsync(ct);
    }

    /// <summary>Pays with points, those first that expire first.</summary>
    public async Task RedeemAsync(Order order, CancellationToken ct)
    {
        var account = await AccountAsync(order.CustomerId, ct);
        if (account.Points < order.PointsRedeemed)
            throw new ConflictException($"You have {account.Points} points, not {order.PointsRedeemed}.");
        await SpendAsync(account, order.PointsRedeemed, ct);
        Add(account, -order.PointsRedeemed, $"Paid order {order.Number}", order.Id);
    }

    /// <summary>Gives points back that an order was paid with.</summary>
    public async Task GiveBackAsync(Order order, int points, CancellationToken ct)
    {
        if (points > 0)
            Add(await AccountAsync(order.CustomerId, ct), points, $"Back from order {order.Number}", null);
    }

    /// <summary>Takes points back whose goods were given back, as far as they are still there.</summary>
    public async Task TakeBackAsync(Order order, Money refunded, CancellationToken ct)
    {
        var account = await AccountAsync(order.CustomerId, ct);
        var points = Math.Min(PointsFor(refunded), account.Points);
        if (points <= 0)
            return;
        await SpendAsync(account, points, ct);
        Add(account, -points, $"Returned from order {order.Number}", order.Id);
    }

    /// <returns>How many points expired.</returns>
    public async Task<int> ExpireAsync(CancellationToken ct)
    {
        var now = clock.Now;
        var over = await db.LoyaltyTransactions.Include(t => t.LoyaltyAccount).Where(t => t.Remaining > 0 && t.ExpiresAt <= now).ToListAsync(ct);
        var points = over.Sum(t => t.Remaining);
        foreach (var transaction in over)
        {
            Add(transaction.LoyaltyAccount, -transaction.Remaining, "Expired", null);
            transaction.Remaining = 0;
        }

        await work.SaveAsync(ct);
        foreach (var account in over.Select(t => t.LoyaltyAccount).Distinct())
            account.Tier = await TierAsync(account.Id, ct);
        await work.SaveAsync(ct);
        return points;
    }

    private async Task<LoyaltyAccount> AccountAsync(int customerId, CancellationToken ct) =>
        await db.LoyaltyAccounts.FirstOrDefaultAsync(a => a.CustomerId == customerId, ct) ?? throw new NotFoundException("loyalty account of customer", customerId);

    private int PointsFor(Money amount) => (int)(amount.Cents / 100) * options.Value.PointsPerUnit;

    private void Add(LoyaltyAccount account, int points, string reason, int? orderId)
    {
        account.Points += points;
        db.LoyaltyTransactions.Add(new LoyaltyTransaction
        {
            LoyaltyAccount = account,
            Points = points,
            Reason = reason,
            OrderId = orderId,
            At = clock.Now,
            Remaining = Math.Max(0, points),
            ExpiresAt = points > 0 ? clock.Now.AddMonths(options.Value.ExpiryMonths) : null,
        });
    }

    private async Task SpendAsync(LoyaltyAccount account, int points, CancellationToken ct)
    {
        var left = await db.LoyaltyTransactions.Where(t => t.LoyaltyAccountId == account.Id && t.Remaining > 0).OrderBy(t => t.ExpiresAt).ThenBy(t => t.Id).ToListAsync(ct);
        foreach (var transaction in left)
        {
            var part = Math.Min(points, transaction.Remaining);
            transaction.Remaining -= part;
            points -= part;
        }
    }

    // Only points from orders count for the tier, not those that were given back.
    private async Task<LoyaltyTier> TierAsync(int accountId, CancellationToken ct)
    {
        var since = clock.Now.AddMonths(-options.Value.ExpiryMonths);
        var earned = await db.LoyaltyTransactions.Where(t => t.LoyaltyAccountId == accountId && t.OrderId != null && t.Points > 0 && t.At > since).SumAsync(t => t.Points, ct);
        return earned >= options.Value.GoldFrom ? LoyaltyTier.Gold : earned >= options.Value.SilverFrom ? LoyaltyTier.Silver : LoyaltyTier.Basic;
    }
}
