using Microsoft.EntityFrameworkCore;
using Outfitter.Common;
using Outfitter.Entities;
using Outfitter.Infrastructure;

namespace Outfitter.Repositories;

public interface IBasketRepository : IRepository<Basket>
{
    Task<Basket?> FindByTokenAsync(Guid token, CancellationToken ct);

    /// <exception cref="NotFoundException">There is no such basket.</exception>
    Task<Basket> GetByTokenAsync(Guid token, CancellationToken ct);
}

public sealed class BasketRepository(ShopDbContext db) : EfRepository<Basket>(db), IBasketRepository
{
    public override IQueryable<Basket> Query() =>
        Db.Baskets.Include(b => b.Items).ThenInclude(i => i.Product).ThenInclude(p => p.Images).Include(b => b.Customer).AsSplitQuery();

    public Task<Basket?> FindByTokenAsync(Guid token, CancellationToken ct) => Query().FirstOrDefaultAsync(b => b.Token == token, ct);

    public async Task<Basket> GetByTokenAsync(Guid token, CancellationToken ct) => await FindByTokenAsync(token, ct) ?? throw new NotFoundException("basket", token);
}
