using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Entities;
using Outfitter.Infrastructure;
using Outfitter.Options;
using Outfitter.Repositories;

namespace Outfitter.Services;

public sealed class BasketService(
    IBasketRepository baskets,
    IRepository<Product> products,
    IPriceService prices,
    IStockService stock,
    CouponService coupons,
    IEmailSender email,
    UnitOfWork work,
    CurrentUser user,
    Clock clock,
    IOptions<ShopOptions> options)
{
    private const int QuantityMax = 99;
    private const int LinesMax = 100;

    public async Task<BasketDto> CreateAsync(SalesChannel channel, CancellationToken ct)
    {
        var basket = new Basket { Token = Guid.NewGuid(), Channel = channel, CustomerId = user.CustomerId, LastUsedAt = clock.Now };
        baskets.Add(basket);
        await work.SaveAsync(ct);
        return await ToDtoAsync(basket, ct);
    }

    public async Task<BasketDto> GetAsync(Guid token, CancellationToken ct) => await ToDtoAsync(await baskets.GetByTokenAsync(token, ct), ct);

    public async Task<BasketDto> AddItemAsync(Guid token, AddItemRequest request, CancellationToken ct)
    {
        var basket = await baskets.GetByTokenAsync(token, ct);
        var product = await products.GetAsync(request.ProductId, ct);
        if (product.Status != ProductStatus.Active)
            throw new RuleException($"'{product.Name}' is not sold any more.");

        var item = basket.Items.FirstOrDefault(i => i.ProductId == request.ProductId);
        if (item is null && basket.Items.Count >= LinesMax)
            throw new RuleException($"A basket holds at most {LinesMax} different products.");
        if ((item?.Quantity ?? 0) + request.Quantity > QuantityMax)
            throw new RuleException($"A basket holds at most {QuantityMax} of one product.");
        if (item is null)
            basket.Items.Add(new BasketItem { Product = product, Quantity = request.Quantity });
        else
            item.Quantity += request.Quantity;
        return await TouchAsync(basket, ct);
    }

    /// <summary>A quantity of zero takes the product out.</summary>
    public async Task<BasketDto> ChangeQuantityAsync(Guid token, int productId, int quantity, CancellationToken ct)
    {
        var basket = await baskets.GetByTokenAsync(token, ct);
        var item = basket.Items.FirstOrDefault(i => i.ProductId == productId) ?? throw new NotFoundException("product in the basket", productId);
        if (quantity == 0)
            basket.Items.Remove(item);
        else
            item.Quantity = quantity;
        return await TouchAsync(basket, ct);
    }

    public async Task<BasketDto> UseCouponAsync(Guid token, string? code, CancellationToken ct)
    {
        var basket = await baskets.GetByTokenAsync(token, ct);
        basket.CouponCode = string.IsNullOrWhiteSpace(code) ? null : code.Trim().ToUpperInvariant();
        return await TouchAsync(basket, ct);
    }

    public async Task DeleteAsync(Guid token, CancellationToken ct)
    {
        baskets.Remove(await baskets.GetByTokenAsync(token, ct));
        await work.SaveAsync(ct);
    }

    /// <summary>Writes to customers who left something behind; once for each basket.</summary>
    public async Task<int> RemindAsync(CancellationToken ct)
    {
        var before = clock.Now.AddHours(-options.Value.BasketReminderHours);
        var left = await baskets.Query().Where(b => b.CustomerId != null && b.Customer!.WantsNewsletter && !b.Reminded && b.LastUsedAt < before && b.Items.Count > 0).ToListAsync(ct);
        foreach (var basket in left)
        {
            email.Send(basket.Customer!.Email, "Your basket", EmailTemplates.BasketReminder(basket));
            basket.Reminded = true;
        }

        await work.SaveAsync(ct);
        return left.Count;
    }

    public async Task<int> DeleteOldAsync(CancellationToken ct)
    {
        var before = clock.Now.AddDays(-options.Value.BasketExpiryDays);
        var old = await baskets.Query().Where(b => b.LastUsedAt < before).ToListAsync(ct);
        old.ForEach(baskets.Remove);
        await work.SaveAsync(ct);
        return old.Count;
    }

    private async Task<BasketDto> TouchAsync(Basket basket, CancellationToken ct)
    {
        basket.LastUsedAt = clock.Now;
        basket.Reminded = false;
        basket.CustomerId ??= user.CustomerId;
        await work.SaveAsync(ct);
        return await GetAsync(basket.Token, ct);
    }

    private async Task<BasketDto> ToDtoAsync(Basket basket, CancellationToken ct)
    {
        var lines = new List<BasketLineDto>();
        foreach (var item in basket.Items.OrderBy(i => i.Id))
        {
            var price = await prices.GetPriceAsync(item.ProductId, item.Quantity, basket.Channel, "DE", ct);
            var available = await stock.AvailableAsync(item.ProductId, ct);
            var image = item.Product.Images.OrderBy(i => i.Position).FirstOrDefault()?.Url;
            lines.Add(new BasketLineDto(item.ProductId, item.Product.Name, image, item.Quantity, price.UnitPrice, price.Discount, price.Total, available));
        }

        var afterPromotions = lines.Total(l => l.Total);
        var (couponDiscount, refusal) = await coupons.DiscountAsync(basket.CouponCode, afterPromotions, basket.CustomerId, ct);
        return new BasketDto(
            basket.Token,
            basket.Channel,
            lines,
            basket.CouponCode,
            refusal,
            lines.Total(l => l.UnitPrice * l.Quantity),
            lines.Total(l => l.Discount) + couponDiscount,
            afterPromotions - couponDiscount);
    }
}
