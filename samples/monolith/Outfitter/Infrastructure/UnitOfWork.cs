namespace Outfitter.Infrastructure;

/// <summary>Saves what all repositories of a request changed, at once.</summary>
public sealed class UnitOfWork(ShopDbContext db)
{
    public Task SaveAsync(CancellationToken ct) => db.SaveChangesAsync(ct);
}
