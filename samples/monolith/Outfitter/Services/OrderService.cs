using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Entities;
using Outfitter.Events;
using Outfitter.Infrastructure;
using Outfitter.Mapping;
using Outfitter.Options;
using Outfitter.Repositories;

namespace Outfitter.Services;

public interface IOrderService
{
    Task<OrderDto> PlaceAsync(PlaceOrderRequest request, CancellationToken ct);

    Task<OrderDto> GetAsync(string number, CancellationToken ct);

    Task<PagedResult<OrderSummaryDto>> ListMineAsync(PageQuery page, CancellationToken ct);

    Task<PagedResult<OrderSummaryDto>> ListAllAsync(OrderStatus? status, PageQuery page, CancellationToken ct);

    Task<OrderDto> CancelAsync(string number, CancellationToken ct);

    Task<ReturnDto> RequestReturnAsync(string number, RequestReturnRequest request, CancellationToken ct);

    Task<PagedResult<ReturnDto>> ListReturnsAsync(ReturnStatus? status, PageQuery page, CancellationToken ct);

    Task<ReturnDto> AcceptReturnAsync(int id, CancellationToken ct);

    Task<ReturnDto> DeclineReturnAsync(int id, CancellationToken ct);

    /// <summary>Orders that were delivered so long ago that nothing of them can be given back.</summary>
    Task<int> CompleteDeliveredAsync(CancellationToken ct);
}

/// <summary>Everything that happens to an order. It has grown over the years.</summary>
public sealed partial class OrderService(
    ShopDbContext db,
    IOrderRepository orders,
    IBasketRepository baskets,
    IPriceService prices,
    CouponService coupons,
    TaxCalculator taxes,
    IStockService stock,
    IPaymentService payments,
    InvoiceService invoices,
    ShippingService shipping,
    LoyaltyService loyalty,
    NumberGenerator numbers,
    EventBus events,
    IEmailSender email,
    UnitOfWork work,
    CurrentUser user,
    Clock clock,
    IOptions<ShopOptions> options,
    ILogger<OrderService> logger) : IOrderService
{
    public async Task<OrderDto> PlaceAsync(PlaceOrderRequest request, CancellationToken ct)
    {
        var customerId = user.RequireCustomer();
        var customer = await db.Customers.Include(c => c.Loyalty).FirstOrDefaultAsync(c => c.Id == customerId, ct) ?? throw new NotFoundException("customer", customerId);
        Order order;
        await using (var transaction = await db.Database.BeginTransactionAsync(ct))
        {
            if (await db.Orders.Where(o => o.BasketToken == request.Basket && o.CustomerId == customer.Id).Select(o => o.Number).FirstOrDefaultAsync(ct) is { } before)
                throw new ConflictException($"This basket was ordered before, as {before}.");
            var basket = await baskets.GetByTokenAsync(request.Basket, ct);
            if (basket.Items.Count == 0)
                throw new RuleException("The basket is empty.");

            order = await ComposeAsync(request, customer, basket, ct);
            db.Orders.Add(order);
            db.Baskets.Remove(basket);
            await work.SaveAsync(ct);

            await stock.ReserveAsync(order, ct);
            if (order.CouponCode is { } code)
                await coupons.RedeemAsync(code, order, ct);
            if (order.PointsRedeemed > 0)
                await loyalty.RedeemAsync(order, ct);
            await shipping.CreateAsync(order, request.Carrier, ct);
            await invoices.IssueAsync(order, ct);
            await work.SaveAsync(ct);

            // The last thing that may fail: whoever is refused by the provider has reserved and used nothing.
            var payment = await payments.ChargeAsync(order, request.Card, ct);
            try
            {
                await work.SaveAsync(ct);
                await transaction.CommitAsync(ct);
            }
            catch
            {
                await payments.GiveBackAsync(payment);
                throw;
            }
        }

        Log.Placed(logger, order.Number, order.Lines.Count);
        await events.PublishAsync(new OrderPlaced(order.Id, order.Number, order.CustomerId));
        return await GetAsync(order.Number, ct);
    }

    public async Task<OrderDto> GetAsync(string number, CancellationToken ct) => (await GetOwnAsync(number, ct)).ToDto();

    public async Task<PagedResult<OrderSummaryDto>> ListMineAsync(PageQuery page, CancellationToken ct) =>
        (await orders.ListAsync(user.RequireCustomer(), null, page, ct)).Map(o => o.ToSummaryDto());

    public async Task<PagedResult<OrderSummaryDto>> ListAllAsync(OrderStatus? status, PageQuery page, CancellationToken ct) =>
        (await orders.ListAsync(null, status, page, ct)).Map(o => o.ToSummaryDto());

    public async Task<OrderDto> CancelAsync(string number, CancellationToken ct)
    {
        Order order;
        await using (var transaction = await db.Database.BeginTransactionAsync(ct))
        {
            order = await GetOwnAsync(number, ct);
            if (order.Status != OrderStatus.Placed)
                throw new ConflictException($"Order {number} is {order.Status}; only what is not on its way can be cancelled.");

            ChangeStatus(order, OrderStatus.Cancelled, $"by {user.Name}");
            await shipping.CancelAsync(order, ct);
            await stock.ReleaseAsync(order.Id, ct);
            await coupons.UndoAsync(order.Id, ct);
            await loyalty.GiveBackAsync(order, order.PointsRedeemed, ct);
            email.Send(order.Customer.Email, $"Order {order.Number} is cancelled", EmailTemplates.OrderCancelled(order, order.Total));
            await work.SaveAsync(ct);

            await payments.RefundAsync(order, order.Total, "cancelled", ct);
            await work.SaveAsync(ct);
            await transaction.CommitAsync(ct);
        }

        Log.Cancelled(logger, order.Number);
        await events.PublishAsync(new OrderCancelled(order.Id, order.Number));
        return await GetAsync(number, ct);
    }

    public async Task<ReturnDto> RequestReturnAsync(string number, RequestReturnRequest request, CancellationToken ct)
    {
        var order = await GetOwnAsync(number, ct);
        if (order.Status != OrderStatus.Delivered || order.DeliveredAt is not { } delivered)
            throw new ConflictException($"Order {number} is {order.Status}; only what was delivered can be given back.");
        if (clock.Now > delivered.AddDays(options.Value.ReturnDays))
            throw new RuleException($"Things can be given back within {options.Value.ReturnDays} days of delivery.");

        var waiting = await db.ReturnRequests.Where(r => r.OrderId == order.Id && r.Status == ReturnStatus.Requested).SelectMany(r => r.Lines).ToListAsync(ct);
        var back = new ReturnRequest { Number = await numbers.NextAsync("R", ct), Order = order, Reason = request.Reason };
        foreach (var wanted in request.Lines.GroupBy(l => l.OrderLineId).Select(g => (LineId: g.Key, Quantity: g.Sum(l => l.Quantity))))
        {
            var line = order.Lines.FirstOrDefault(l => l.Id == wanted.LineId) ?? throw new NotFoundException("line in this order", wanted.LineId);
            var left = line.Quantity - line.ReturnedQuantity - waiting.Where(w => w.OrderLineId == line.Id).Sum(w => w.Quantity);
            if (wanted.Quantity > left)
                throw new RuleException($"Of '{line.ProductName}' {left} can be given back, not {wanted.Quantity}.");
            back.Lines.Add(new ReturnLine { OrderLine = line, Quantity = wanted.Quantity });
        }

        db.ReturnRequests.Add(back);
        await work.SaveAsync(ct);
        return back.ToDto();
    }

    public async Task<PagedResult<ReturnDto>> ListReturnsAsync(ReturnStatus? status, PageQuery page, CancellationToken ct) =>
        (await db.ReturnRequests.AsNoTracking().Include(r => r.Order).Where(r => status == null || r.Status == status).OrderBy(r => r.Id).ToPageAsync(page, ct)).Map(r => r.ToDto());

    public async Task<ReturnDto> AcceptReturnAsync(int id, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var back = await GetWaitingReturnAsync(id, ct);
        var order = await orders.GetAsync(back.OrderId, ct);
        var worth = Money.Zero;
        foreach (var line in back.Lines)
        {
            worth += WorthOf(line.OrderLine, line.OrderLine.ReturnedQuantity + line.Quantity) - WorthOf(line.OrderLine, line.OrderLine.ReturnedQuantity);
            line.OrderLine.ReturnedQuantity += line.Quantity;
            await stock.TakeBackAsync(line.OrderLine.ProductId, line.Quantity, back.Number, ct);
        }

        // What was paid with points comes back as points.
        back.RefundTotal = Money.Min(worth, payments.Refundable(order));
        await loyalty.GiveBackAsync(order, (int)(worth - back.RefundTotal).Cents, ct);
        await loyalty.TakeBackAsync(order, back.RefundTotal, ct);
        back.Status = ReturnStatus.Accepted;
        if (order.Lines.All(l => l.ReturnedQuantity == l.Quantity))
            ChangeStatus(order, OrderStatus.Returned, back.Number);
        email.Send(order.Customer.Email, $"Your return {back.Number}", EmailTemplates.ReturnAccepted(back));
        await work.SaveAsync(ct);

        await payments.RefundAsync(order, back.RefundTotal, back.Number, ct);
        await work.SaveAsync(ct);
        await transaction.CommitAsync(ct);
        return back.ToDto();
    }

    public async Task<ReturnDto> DeclineReturnAsync(int id, CancellationToken ct)
    {
        var back = await GetWaitingReturnAsync(id, ct);
        back.Status = ReturnStatus.Declined;
        await work.SaveAsync(ct);
        return back.ToDto();
    }

    public async Task<int> CompleteDeliveredAsync(CancellationToken ct)
    {
        var before = clock.Now.AddDays(-options.Value.ReturnDays);
        var done = await db.Orders
            .Where(o => o.Status == OrderStatus.Delivered && o.DeliveredAt < before && !o.Returns.Any(r => r.Status == ReturnStatus.Requested))
            .ToListAsync(ct);
        done.ForEach(o => ChangeStatus(o, OrderStatus.Completed, null));
        await work.SaveAsync(ct);
        return done.Count;
    }

    private async Task<Order> ComposeAsync(PlaceOrderRequest request, Customer customer, Basket basket, CancellationToken ct)
    {
        var address = request.Address.ToAddress();
        var items = basket.Items.OrderBy(i => i.Id).ToList();
        if (items.FirstOrDefault(i => i.Product.Status != ProductStatus.Active) is { } gone)
            throw new RuleException($"'{gone.Product.Name}' is not sold any more.");

        var asked = items.Select(i => new QuoteRequest.Line(i.ProductId, i.Quantity)).ToList();
        var quote = await prices.QuoteAsync(new QuoteRequest(asked, basket.Channel, basket.CouponCode, address.Country), customer.Id, ct);
        if (quote.CouponRefusal is { } refusal)
            throw new RuleException(refusal);

        var weight = items.Sum(i => i.Quantity * i.Product.WeightGrams);
        var freight = await shipping.CostAsync(request.Carrier, address.Country, weight, quote.Total, customer.Loyalty?.Tier ?? LoyaltyTier.Basic, ct);
        var points = PointsFor(request.PointsToRedeem, customer, quote.Total);
        var order = new Order
        {
            Number = await numbers.NextAsync("O", ct),
            BasketToken = basket.Token,
            Customer = customer,
            CustomerId = customer.Id,
            Channel = basket.Channel,
            PlacedAt = clock.Now,
            ShippingAddress = address,
            CouponCode = quote.Coupon,
            GoodsTotal = quote.Goods,
            DiscountTotal = quote.Discount,
            ShippingTotal = freight,
            PointsRedeemed = points,
            PointsTotal = new Money(points),
            TaxTotal = quote.Tax + TaxCalculator.ContainedIn(freight, await taxes.PercentAsync(address.Country, TaxCalculator.Standard, ct)),
            Total = quote.Total + freight - new Money(points),
        };
        order.Lines.AddRange(items.Zip(quote.Lines, ToLine));
        ChangeStatus(order, OrderStatus.Placed, null);
        return order;
    }

    private static OrderLine ToLine(BasketItem item, PriceDto price) => new()
    {
        ProductId = item.ProductId,
        ProductName = item.Product.Name,
        Quantity = item.Quantity,
        UnitPrice = price.UnitPrice,
        Discount = price.Discount,
        LineTotal = price.Total,
        TaxPercent = price.TaxPercent,
        Tax = price.Tax,
        PromotionId = price.PromotionId,
    };

    // A point is worth a cent.
    private static int PointsFor(int wanted, Customer customer, Money goods)
    {
        var present = customer.Loyalty?.Points ?? 0;
        if (wanted > present)
            throw new RuleException($"You have {present} points, not {wanted}.");
        return (int)Math.Min(wanted, goods.Cents);
    }

    private static Money WorthOf(OrderLine line, int quantity) => new(line.LineTotal.Cents * quantity / line.Quantity);

    private void ChangeStatus(Order order, OrderStatus status, string? remark)
    {
        order.Status = status;
        order.History.Add(new OrderStatusChange { Status = status, At = clock.Now, Remark = remark });
    }

    private async Task<Order> GetOwnAsync(string number, CancellationToken ct)
    {
        var order = await orders.GetByNumberAsync(number, ct);
        return user.IsStaff || order.CustomerId == user.CustomerId ? order : throw new NotFoundException("order", number);
    }

    private async Task<ReturnRequest> GetWaitingReturnAsync(int id, CancellationToken ct)
    {
        var back = await db.ReturnRequests
            .Include(r => r.Lines).ThenInclude(l => l.OrderLine)
            .Include(r => r.Order).ThenInclude(o => o.Customer)
            .FirstOrDefaultAsync(r => r.Id == id, ct)
            ?? throw new NotFoundException("return", id);
        return back.Status == ReturnStatus.Requested ? back : throw new ConflictException($"Return {back.Number} is {back.Status} already.");
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Order {Number} with {Lines} lines was placed")]
        public static partial void Placed(ILogger logger, string number, int lines);

        [LoggerMessage(2, LogLevel.Information, "Order {Number} was cancelled")]
        public static partial void Cancelled(ILogger logger, string number);
    }
}
