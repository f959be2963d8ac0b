using Outfitter.Common;
using Outfitter.Services;

namespace Outfitter.Jobs;

/// <summary>What is tidied up once a day, for everybody.</summary>
public sealed partial class NightlyRun(
    PromotionService promotions,
    BasketService baskets,
    IOrderService orders,
    LoyaltyService loyalty,
    ReplenishmentService replenishment,
    SalesReportService sales,
    Clock clock,
    ILogger<NightlyRun> logger)
{
    public async Task<NightlyReport> RunAsync(CancellationToken ct)
    {
        var report = new NightlyReport(
            PromotionsEnded: await promotions.EndExpiredAsync(ct),
            BasketsDeleted: await baskets.DeleteOldAsync(ct),
            CustomersReminded: await baskets.RemindAsync(ct),
            OrdersCompleted: await orders.CompleteDeliveredAsync(ct),
            PointsExpired: await loyalty.ExpireAsync(ct),
            PurchasesProposed: (await replenishment.ProposeAsync(ct)).Count,
            ChannelsWritten: await sales.WriteDayAsync(DateOnly.FromDateTime(clock.Now).AddDays(-1), ct));
        Log.Done(logger, report);
        return report;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The night's work is done: {Report}")]
        public static partial void Done(ILogger logger, NightlyReport report);
    }
}

public sealed record NightlyReport(
    int PromotionsEnded, int BasketsDeleted, int CustomersReminded, int OrdersCompleted, int PointsExpired, int PurchasesProposed, int ChannelsWritten);
