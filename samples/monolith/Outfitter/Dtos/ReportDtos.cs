using Outfitter.Common;
using Outfitter.Entities;

namespace Outfitter.Dtos;

/// <param name="From">First day.</param>
/// <param name="To">Last day, included.</param>
/// <param name="GroupBy"><c>category</c>, <c>brand</c>, <c>product</c>, <c>channel</c> or <c>country</c>.</param>
public sealed record ReportQuery(DateOnly From, DateOnly To, string GroupBy = "category");

public sealed record SalesReportRow(string Group, int Orders, int Pieces, Money Revenue, Money Discounts);

public sealed record TopCustomerRow(int CustomerId, string Name, string Email, LoyaltyTier Tier, int Orders, Money Spent, DateTime LastOrderAt);

public sealed record StockValueRow(string Warehouse, string Category, int Products, int Pieces, Money SalesValue);

/// <summary>The morning's view of the back office.</summary>
public sealed record DashboardDto(
    int OrdersToday,
    Money RevenueToday,
    IReadOnlyDictionary<OrderStatus, int> OrdersByStatus,
    int ShipmentsWaiting,
    int ReturnsWaiting,
    int ReviewsWaiting,
    int OpenBaskets,
    int NewCustomers,
    IReadOnlyList<ProductSummaryDto> RunningOut,
    IReadOnlyList<SalesReportRow> LastDays);
