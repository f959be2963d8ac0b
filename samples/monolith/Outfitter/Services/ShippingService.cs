using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Entities;
using Outfitter.Events;
using Outfitter.Infrastructure;
using Outfitter.Mapping;
using Outfitter.Options;

namespace Outfitter.Services;

public sealed class ShippingService(
    ShopDbContext db, IStockService stock, NumberGenerator numbers, IEmailSender email, EventBus events, UnitOfWork work, Clock clock, IOptions<ShopOptions> options)
{
    /// <summary>Who would bring a parcel, cheapest first.</summary>
    public async Task<IReadOnlyList<ShippingOptionDto>> OptionsAsync(string country, int weightGrams, Money goods, LoyaltyTier tier, CancellationToken ct)
    {
        var rates = await db.ShippingRates.AsNoTracking().Include(r => r.Carrier).Where(r => r.Country == country && r.MaxWeightGrams >= weightGrams).ToListAsync(ct);
        return
        [
            .. from rate in ShippingCostCalculator.CheapestOfEach(rates)
               let price = ShippingCostCalculator.Price(rate, goods, tier, options.Value)
               orderby price, rate.Days, rate.Carrier.Code
               select new ShippingOptionDto(rate.Carrier.Code, rate.Carrier.Name, price, rate.Days),
        ];
    }

    /// <exception cref="RuleException">The carrier does not take such a parcel there.</exception>
    public async Task<Money> CostAsync(string carrier, string country, int weightGrams, Money goods, LoyaltyTier tier, CancellationToken ct)
    {
        var possible = await OptionsAsync(country, weightGrams, goods, tier, ct);
        return (possible.FirstOrDefault(o => o.Carrier == carrier)
            ?? throw new RuleException(possible.Count == 0
                ? $"Nobody takes a parcel of {weightGrams} g to {country}."
                : $"'{carrier}' does not take a parcel of {weightGrams} g to {country}. Choose one of: {string.Join(", ", possible.Select(o => o.Carrier))}.")).Price;
    }

    public async Task CreateAsync(Order order, string carrier, CancellationToken ct)
    {
        var products = order.Lines.Select(l => l.ProductId).ToList();
        var weights = await db.Products.Where(p => products.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.WeightGrams, ct);
        db.Shipments.Add(new Shipment
        {
            Number = await numbers.NextAsync("S", ct),
            Order = order,
            Carrier = await db.Carriers.FirstAsync(c => c.Code == carrier, ct),
            Destination = order.ShippingAddress,
            WeightGrams = order.Lines.Sum(l => l.Quantity * weights[l.ProductId]),
        });
    }

    public async Task CancelAsync(Order order, CancellationToken ct)
    {
        foreach (var shipment in await db.Shipments.Where(s => s.OrderId == order.Id).ToListAsync(ct))
            shipment.Status = ShipmentStatus.Cancelled;
    }

    public async Task<IReadOnlyList<ShipmentDto>> OfOrderAsync(string orderNumber, CancellationToken ct) =>
        [.. (await Query().AsNoTracking().Where(s => s.Order.Number == orderNumber).OrderBy(s => s.Id).ToListAsync(ct)).Select(s => s.ToDto(orderNumber))];

    public async Task<PagedResult<ShipmentDto>> ListAsync(ShipmentStatus status, PageQuery page, CancellationToken ct) =>
        (await Query().AsNoTracking().Where(s => s.Status == status).OrderBy(s => s.Id).ToPageAsync(page, ct)).Map(s => s.ToDto(s.Order.Number));

    public async Task<ShipmentDto> DispatchAsync(int id, string trackingCode, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var shipment = await GetAsync(id, ShipmentStatus.Pending, ct);
        shipment.Status = ShipmentStatus.Dispatched;
        shipment.TrackingCode = trackingCode;
        shipment.DispatchedAt = clock.Now;
        shipment.Order.Status = OrderStatus.Shipped;
        shipment.Order.History.Add(new OrderStatusChange { Status = OrderStatus.Shipped, At = clock.Now, Remark = shipment.Number });
        await stock.DispatchAsync(shipment.Order, ct);
        email.Send(shipment.Order.Customer.Email, $"Order {shipment.Order.Number} is on its way", EmailTemplates.OnItsWay(shipment.Order, shipment));
        await work.SaveAsync(ct);
        await transaction.CommitAsync(ct);
        return shipment.ToDto(shipment.Order.Number);
    }

    public async Task<ShipmentDto> TrackAsync(int id, TrackingUpdateRequest request, CancellationToken ct)
    {
        var shipment = await GetAsync(id, ShipmentStatus.Dispatched, ct);
        shipment.Tracking.Add(new TrackingEvent { At = clock.Now, Place = request.Place, Text = request.Text });
        if (request.Delivered)
        {
            shipment.Status = ShipmentStatus.Delivered;
            shipment.DeliveredAt = shipment.Order.DeliveredAt = clock.Now;
            shipment.Order.Status = OrderStatus.Delivered;
            shipment.Order.History.Add(new OrderStatusChange { Status = OrderStatus.Delivered, At = clock.Now, Remark = shipment.Number });
        }

        await work.SaveAsync(ct);
        if (request.Delivered)
            await events.PublishAsync(new ShipmentDelivered(shipment.Id, shipment.OrderId));
        return shipment.ToDto(shipment.Order.Number);
    }

    private async Task<Shipment> GetAsync(int id, ShipmentStatus expected, CancellationToken ct)
    {
        var shipment = await Query().FirstOrDefaultAsync(s => s.Id == id, ct) ?? throw new NotFoundException("shipment", id);
        return shipment.Status == expected ? shipment : throw new ConflictException($"Shipment {shipment.Number} is {shipment.Status}, not {expected}.");
    }

    private IQueryable<Shipment> Query() =>
        db.Shipments.Include(s => s.Order).ThenInclude(o => o.Customer).Include(s => s.Carrier).Include(s => s.Tracking).AsSplitQuery();
}
