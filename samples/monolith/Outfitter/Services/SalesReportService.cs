using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Entities;
using Outfitter.Infrastructure;

namespace Outfitter.Services;

/// <summary>Reports over everything, straight from everybody's tables.</summary>
public sealed class SalesReportService(ShopDbContext db, UnitOfWork work, Clock clock)
{
    public async Task<IReadOnlyList<SalesReportRow>> SalesAsync(ReportQuery query, CancellationToken ct)
    {
        // One of five fixed texts, never what the caller wrote.
        var group = query.GroupBy switch
        {
            "brand" => "b.name",
            "product" => "p.name",
            "channel" => "o.channel",
            "country" => "o.shipping_address_country",
            _ => "c.name",
        };
        var (from, until) = Days(query);
        var rows = await db.Database.GetDbConnection().QueryAsync<SalesRow>(new CommandDefinition(
            $"""
            SELECT {group} AS GroupName,
                   CAST(COUNT(DISTINCT o.id) AS bigint) AS Orders,
                   CAST(SUM(l.quantity) AS bigint) AS Pieces,
                   CAST(SUM(l.line_total_cents) AS bigint) AS RevenueCents,
                   CAST(SUM(l.discount_cents) AS bigint) AS DiscountCents
            FROM orders o
            JOIN order_lines l ON l.order_id = o.id
            JOIN products p ON p.id = l.product_id
            JOIN categories c ON c.id = p.category_id
            JOIN brands b ON b.id = p.brand_id
            WHERE o.placed_at >= @from AND o.placed_at < @until AND o.status <> 'Cancelled'
            GROUP BY {group}
            ORDER BY RevenueCents DESC, GroupName
            """,
            new { from, until },
            db.Database.CurrentTransaction?.GetDbTransaction(),
            cancellationToken: ct));
        return [.. rows.Select(r => new SalesReportRow(r.GroupName, (int)r.Orders, (int)r.Pieces, new Money(r.RevenueCents), new Money(r.DiscountCents)))];
    }

    public async Task<IReadOnlyList<TopCustomerRow>> TopCustomersAsync(ReportQuery query, int count, CancellationToken ct)
    {
        var (from, until) = Days(query);
        var rows = await (
            from order in db.Orders
            join customer in db.Customers on order.CustomerId equals customer.Id
            join account in db.LoyaltyAccounts on customer.Id equals account.CustomerId
            where order.PlacedAt >= @from && order.PlacedAt < until && order.Status != OrderStatus.Cancelled
            group order by new { customer.Id, customer.Name, customer.Email, account.Tier } into same
            orderby same.Sum(o => o.Total.Cents) descending, same.Key.Id
            select new
            {
                same.Key,
                Orders = same.Count(),
                Cents = same.Sum(o => o.Total.Cents),
                Last = same.Max(o => o.PlacedAt),
            }).Take(count).ToListAsync(ct);
        return [.. rows.Select(r => new TopCustomerRow(r.Key.Id, r.Key.Name, r.Key.Email, r.Key.Tier, r.Orders, new Money(r.Cents), r.Last))];
    }

    public async Task<IReadOnlyList<StockValueRow>> StockValueAsync(CancellationToken ct)
    {
        var now = clock.Now;
        var items = await db.StockItems
            .Where(s => s.OnHand > 0)
            .Select(s => new
            {
                Warehouse = s.Warehouse.Code,
                Category = s.Product.Category.Name,
                s.OnHand,
                Cents = s.Product.Prices.Where(e => e.ValidFrom <= now).OrderByDescending(e => e.ValidFrom).Select(e => e.Price.Cents).FirstOrDefault(),
            })
            .ToListAsync(ct);
        return
        [
            .. from item in items
               group item by (item.Warehouse, item.Category) into same
               orderby same.Key
               select new StockValueRow(same.Key.Warehouse, same.Key.Category, same.Count(), same.Sum(i => i.OnHand), same.Total(i => new Money(i.Cents) * i.OnHand)),
        ];
    }

    public async Task<IReadOnlyList<SalesReportRow>> PromotionsAsync(ReportQuery query, CancellationToken ct)
    {
        var (from, until) = Days(query);
        var rows = await (
            from line in db.OrderLines
            join promotion in db.Promotions on line.PromotionId equals promotion.Id
            where line.Order.PlacedAt >= @from && line.Order.PlacedAt < until && line.Order.Status != OrderStatus.Cancelled
            group line by new { promotion.Id, promotion.Name } into same
            orderby same.Key.Id
            select new
            {
                same.Key,
                Orders = same.Select(l => l.OrderId).Distinct().Count(),
                Pieces = same.Sum(l => l.Quantity),
                Cents = same.Sum(l => l.LineTotal.Cents),
                DiscountCents = same.Sum(l => l.Discount.Cents),
            }).ToListAsync(ct);
        return [.. rows.Select(r => new SalesReportRow(r.Key.Name, r.Orders, r.Pieces, new Money(r.Cents), new Money(r.DiscountCents)))];
    }

    /// <summary>Writes down what was sold on a day, so that the dashboard need not add it up; again replaces what was written.</summary>
    /// <returns>How many doors sold something.</returns>
    public async Task<int> WriteDayAsync(DateOnly day, CancellationToken ct)
    {
        var (from, until) = (day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), day.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
        var orders = await db.Orders.AsNoTracking()
            .Include(o => o.Lines)
            .Where(o => o.PlacedAt >= from && o.PlacedAt < until && o.Status != OrderStatus.Cancelled)
            .ToListAsync(ct);
        db.DailySales.RemoveRange(await db.DailySales.Where(d => d.Day == day).ToListAsync(ct));
        await work.SaveAsync(ct);

        var channels = orders.GroupBy(o => o.Channel).ToList();
        foreach (var channel in channels)
        {
            db.DailySales.Add(new DailySales
            {
                Day = day,
                Channel = channel.Key,
                Orders = channel.Count(),
                Pieces = channel.Sum(o => o.Lines.Sum(l => l.Quantity)),
                Revenue = channel.Total(o => o.Total),
                Discounts = channel.Total(o => o.DiscountTotal),
            });
        }

        await work.SaveAsync(ct);
        return channels.Count;
    }

    private static (DateTime From, DateTime Until) Days(ReportQuery query) =>
        (query.From.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), query.To.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));

    private sealed class SalesRow
    {
        public string GroupName { get; set; } = "";

        public long Orders { get; set; }

        public long Pieces { get; set; }

        public long RevenueCents { get; set; }

        public long DiscountCents { get; set; }
    }
}
