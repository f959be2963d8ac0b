using Microsoft.EntityFrameworkCore;
using Outfitter.Common;
using Outfitter.Entities;

namespace Outfitter.Infrastructure;

/// <summary>Rows of one kind.</summary>
public interface IRepository<T>
    where T : EntityBase
{
    IQueryable<T> Query();

    Task<T?> FindAsync(int id, CancellationToken ct);

    /// <exception cref="NotFoundException">There is no such row.</exception>
    Task<T> GetAsync(int id, CancellationToken ct);

    void Add(T entity);

    void Remove(T entity);
}

public class EfRepository<T>(ShopDbContext db) : IRepository<T>
    where T : EntityBase
{
    protected ShopDbContext Db { get; } = db;

    public virtual IQueryable<T> Query() => Db.Set<T>();

    public Task<T?> FindAsync(int id, CancellationToken ct) => Query().FirstOrDefaultAsync(e => e.Id == id, ct);

    public async Task<T> GetAsync(int id, CancellationToken ct) => await FindAsync(id, ct) ?? throw new NotFoundException(typeof(T).Name.ToLowerInvariant(), id);

    public void Add(T entity) => Db.Set<T>().Add(entity);

    public void Remove(T entity) => Db.Set<T>().Remove(entity);
}
