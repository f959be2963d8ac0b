using Microsoft.EntityFrameworkCore;
using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Entities;
using Outfitter.Infrastructure;

namespace Outfitter.Services;

public interface IPriceService
{
    /// <summary>What so many cost now, promotions included; null when the product has no price.</summary>
    Task<PriceDto?> FindPriceAsync(int productId, int quantity, SalesChannel channel, string country, CancellationToken ct);

    /// <exception cref="RuleException">The product has no price, so it cannot be sold.</exception>
    Task<PriceDto> GetPriceAsync(int productId, int quantity, SalesChannel channel, string country, CancellationToken ct);

    /// <summary>Prices of many things, and what a coupon takes off.</summary>
    Task<QuoteDto> QuoteAsync(QuoteRequest request, int? customerId, CancellationToken ct);

    Task SetPriceAsync(int productId, SetPriceRequest request, CancellationToken ct);
}

public sealed class PriceService(
    ShopDbContext db, IRepository<Product> products, PromotionService promotions, CouponService coupons, TaxCalculator taxes, UnitOfWork work, Clock clock) : IPriceService
{
    public async Task<PriceDto?> FindPriceAsync(int productId, int quantity, SalesChannel channel, string country, CancellationToken ct)
    {
        var product = await products.GetAsync(productId, ct);
        var now = clock.Now;
        var entry = await db.PriceList.AsNoTracking()
            .Where(e => e.ProductId == productId && e.ValidFrom <= now)
            .OrderByDescending(e => e.ValidFrom).ThenByDescending(e => e.Id)
            .FirstOrDefaultAsync(ct);
        if (entry is null)
            return null;

        var (promotion, discount) = PromotionCalculator.Best(await promotions.ForProductAsync(product, channel, ct), entry.Price, quantity);
        var total = entry.Price * quantity - discount;
        var percent = await taxes.PercentAsync(country, product.TaxClass, ct);
        return new PriceDto(productId, quantity, entry.Price, discount, total, TaxCalculator.ContainedIn(total, percent), percent, promotion?.Id, promotion?.Name);
    }

    public async Task<PriceDto> GetPriceAsync(int productId, int quantity, SalesChannel channel, string country, CancellationToken ct) =>
        await FindPriceAsync(productId, quantity, channel, country, ct) ?? throw new RuleException($"Product {productId} has no price, so it cannot be sold.");

    public async Task<QuoteDto> QuoteAsync(QuoteRequest request, int? customerId, CancellationToken ct)
    {
        var lines = new List<PriceDto>();
        foreach (var line in request.Lines)
            lines.Add(await GetPriceAsync(line.ProductId, line.Quantity, request.Channel, request.Country, ct));

        var afterPromotions = lines.Total(l => l.Total);
        var (couponDiscount, refusal) = await coupons.DiscountAsync(request.Coupon, afterPromotions, customerId, ct);
        var shares = couponDiscount.Split([.. lines.Select(l => l.Total.Cents)]);
        for (var i = 0; i < lines.Count; i++)
        {
            var total = lines[i].Total - shares[i];
            lines[i] = lines[i] with { Discount = lines[i].Discount + shares[i], Total = total, Tax = TaxCalculator.ContainedIn(total, lines[i].TaxPercent) };
        }

        return new QuoteDto(
            lines,
            lines.Total(l => l.UnitPrice * l.Quantity),
            lines.Total(l => l.Discount),
            lines.Total(l => l.Tax),
            lines.Total(l => l.Total),
            refusal is null ? request.Coupon : null,
            refusal);
    }

    public async Task SetPriceAsync(int productId, SetPriceRequest request, CancellationToken ct)
    {
        await products.GetAsync(productId, ct);
        if (request.Price <= Money.Zero || request.Price > new Money(10_000_000))
            throw new RuleException("A price is above 0 and not above 100000.");
        var from = request.ValidFrom ?? clock.Now;
        if (from < clock.Now.AddMinutes(-1))
            throw new RuleException("A price cannot be changed for the past.");
        db.PriceList.Add(new PriceListEntry { ProductId = productId, Price = request.Price, ValidFrom = from });
        await work.SaveAsync(ct);
    }
}
