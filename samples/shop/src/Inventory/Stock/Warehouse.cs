namespace Shop.Inventory.Stock;

/// <summary>What happens in the warehouse by itself: reservations that nobody came for go back on the shelf, and what runs low is delivered.</summary>
internal sealed partial class Warehouse(InventoryDb db, TimeProvider time, ILogger<Warehouse> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Round, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var order in db.ReleaseExpired())
                    Expired(order);
                if (db.Restock() is > 0 and var products)
                    Delivered(products);
            }
            catch (Exception failure)
            {
                // A full disk or a lock held too long: the next round tries again.
                RoundFailed(failure);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The reservation of {Order} expired; its goods are back on the shelf")]
    private partial void Expired(string order);

    [LoggerMessage(Level = LogLevel.Information, Message = "A delivery filled up {Products} products")]
    private partial void Delivered(int products);

    [LoggerMessage(Level = LogLevel.Error, Message = "The warehouse's round failed")]
    private partial void RoundFailed(Exception failure);
}
