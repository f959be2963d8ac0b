// Enough of Entity Framework Core for its sets, queries and mappings to have types.
using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Linq.Expressions;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Query;

namespace Microsoft.EntityFrameworkCore
{
    public class DbContextOptions { }
    public class DbContextOptions<TContext> : DbContextOptions { }
    public class DbContextOptionsBuilder { }
    public class DbContextOptionsBuilder<TContext> : DbContextOptionsBuilder { }
    public class DbContext : IDisposable, IAsyncDisposable
    {
        protected DbContext() { }
        public DbContext(DbContextOptions options) { }
        public DatabaseFacade Database => null;
        public ChangeTracker ChangeTracker => null;
        public virtual DbSet<T> Set<T>() where T : class => null;
        public virtual DbSet<T> Set<T>(string name) where T : class => null;
        protected virtual void OnModelCreating(ModelBuilder modelBuilder) { }
        protected virtual void OnConfiguring(DbContextOptionsBuilder optionsBuilder) { }
        protected virtual void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) { }
        public virtual int SaveChanges() => 0;
        public virtual int SaveChanges(bool acceptAllChangesOnSuccess) => 0;
        public virtual Task<int> SaveChangesAsync(CancellationToken cancellationToken = default) => null;
        public virtual Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) => null;
        public virtual EntityEntry<T> Add<T>(T entity) where T : class => null;
        public virtual ValueTask<EntityEntry<T>> AddAsync<T>(T entity, CancellationToken cancellationToken = default) where T : class => default;
        public virtual EntityEntry<T> Update<T>(T entity) where T : class => null;
        public virtual EntityEntry<T> Remove<T>(T entity) where T : class => null;
        public virtual EntityEntry<T> Attach<T>(T entity) where T : class => null;
        public virtual EntityEntry<T> Entry<T>(T entity) where T : class => null;
        public virtual void AddRange(params object[] entities) { }
        public virtual void AddRange(IEnumerable<object> entities) { }
        public virtual Task AddRangeAsync(params object[] entities) => null;
        public virtual Task AddRangeAsync(IEnumerable<object> entities, CancellationToken cancellationToken = default) => null;
        public virtual void UpdateRange(params object[] entities) { }
        public virtual void UpdateRange(IEnumerable<object> entities) { }
        public virtual void RemoveRange(params object[] entities) { }
        public virtual void RemoveRange(IEnumerable<object> entities) { }
        public virtual void AttachRange(params object[] entities) { }
        public virtual T Find<T>(params object[] keyValues) where T : class => null;
        public virtual ValueTask<T> FindAsync<T>(params object[] keyValues) where T : class => default;
        public virtual ValueTask<T> FindAsync<T>(object[] keyValues, CancellationToken cancellationToken) where T : class => default;
        public virtual void Dispose() { }
        public virtual ValueTask DisposeAsync() => default;
    }
    public interface IDbContextFactory<TContext> where TContext : DbContext
    {
        TContext CreateDbContext();
        Task<TContext> CreateDbContextAsync(CancellationToken cancellationToken = default);
    }
    public class ModelConfigurationBuilder { }
    public class DbSet<T> : IQueryable<T> where T : class
    {
        public virtual EntityEntry<T> Add(T entity) => null;
        public virtual ValueTask<EntityEntry<T>> AddAsync(T entity, CancellationToken cancellationToken = default) => default;
        public virtual EntityEntry<T> Update(T entity) => null;
        public virtual EntityEntry<T> Remove(T entity) => null;
        public virtual EntityEntry<T> Attach(T entity) => null;
        public virtual EntityEntry<T> Entry(T entity) => null;
        public virtual void AddRange(params T[] entities) { }
        public virtual void AddRange(IEnumerable<T> entities) { }
        public virtual Task AddRangeAsync(params T[] entities) => null;
        public virtual Task AddRangeAsync(IEnumerable<T> entities, CancellationToken cancellationToken = default) => null;
        public virtual void UpdateRange(params T[] entities) { }
        public virtual void UpdateRange(IEnumerable<T> entities) { }
        public virtual void RemoveRange(params T[] entities) { }
        public virtual void RemoveRange(IEnumerable<T> entities) { }
        public virtual void AttachRange(params T[] entities) { }
        public virtual T Find(params object[] keyValues) => null;
        public virtual ValueTask<T> FindAsync(params object[] keyValues) => default;
        public virtual ValueTask<T> FindAsync(object[] keyValues, CancellationToken cancellationToken) => default;
        public virtual IQueryable<T> AsQueryable() => null;
        public virtual IAsyncEnumerable<T> AsAsyncEnumerable() => null;
        public LocalView<T> Local => null;
        public Type ElementType => null;
        public Expression Expression => null;
        public IQueryProvider Provider => null;
        public IEnumerator<T> GetEnumerator() => null;
        IEnumerator IEnumerable.GetEnumerator() => null;
        public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) => null;
    }
    public enum EntityState { Detached, Unchanged, Deleted, Modified, Added }
    public enum DeleteBehavior { ClientSetNull, Restrict, SetNull, Cascade, ClientCascade, NoAction, ClientNoAction }
    public class DbUpdateException : Exception { }
    public class DbUpdateConcurrencyException : DbUpdateException { }
    public interface IEntityTypeConfiguration<T> where T : class { void Configure(EntityTypeBuilder<T> builder); }
    public class OwnedAttribute : Attribute { }
    public class KeylessAttribute : Attribute { }
    public class PrimaryKeyAttribute : Attribute { public PrimaryKeyAttribute(string name, params string[] more) { } }
    public class IndexAttribute : Attribute { public IndexAttribute(string name, params string[] more) { } public bool IsUnique { get; set; } public string Name { get; set; } }
    public class ModelBuilder
    {
        public virtual EntityTypeBuilder<T> Entity<T>() where T : class => null;
        public virtual ModelBuilder Entity<T>(Action<EntityTypeBuilder<T>> build) where T : class => null;
        public virtual EntityTypeBuilder Entity(Type type) => null;
        public virtual EntityTypeBuilder Entity(string name) => null;
        public virtual ModelBuilder Entity(Type type, Action<EntityTypeBuilder> build) => null;
        public virtual ModelBuilder ApplyConfiguration<T>(IEntityTypeConfiguration<T> configuration) where T : class => null;
        public virtual ModelBuilder ApplyConfigurationsFromAssembly(System.Reflection.Assembly assembly, Func<Type, bool> predicate = null) => null;
        public virtual ModelBuilder Ignore<T>() where T : class => null;
        public virtual OwnedEntityTypeBuilder<T> Owned<T>() where T : class => null;
        public ModelBuilder HasDefaultSchema(string schema) => null;
        public Microsoft.EntityFrameworkCore.Metadata.IMutableModel Model => null;
    }
    public class OwnedEntityTypeBuilder<T> { }
    public static class EntityFrameworkQueryableExtensions
    {
        public static IIncludableQueryable<T, P> Include<T, P>(this IQueryable<T> source, Expression<Func<T, P>> path) where T : class => null;
        public static IQueryable<T> Include<T>(this IQueryable<T> source, string path) where T : class => null;
        public static IIncludableQueryable<T, P> ThenInclude<T, E, P>(this IIncludableQueryable<T, IEnumerable<E>> source, Expression<Func<E, P>> path) where T : class => null;
        public static IIncludableQueryable<T, P> ThenInclude<T, E, P>(this IIncludableQueryable<T, E> source, Expression<Func<E, P>> path) where T : class => null;
        public static IQueryable<T> AsNoTracking<T>(this IQueryable<T> source) where T : class => null;
        public static IQueryable<T> AsNoTrackingWithIdentityResolution<T>(this IQueryable<T> source) where T : class => null;
        public static IQueryable<T> AsTracking<T>(this IQueryable<T> source) where T : class => null;
        public static IQueryable<T> AsSplitQuery<T>(this IQueryable<T> source) where T : class => null;
        public static IQueryable<T> AsSingleQuery<T>(this IQueryable<T> source) where T : class => null;
        public static IQueryable<T> IgnoreQueryFilters<T>(this IQueryable<T> source) where T : class => null;
        public static IQueryable<T> IgnoreAutoIncludes<T>(this IQueryable<T> source) where T : class => null;
        public static IQueryable<T> TagWith<T>(this IQueryable<T> source, string tag) => null;
        public static IQueryable<T> FromSqlRaw<T>(this DbSet<T> source, string sql, params object[] parameters) where T : class => null;
        public static IQueryable<T> FromSql<T>(this DbSet<T> source, FormattableString sql) where T : class => null;
        public static IQueryable<T> FromSqlInterpolated<T>(this DbSet<T> source, FormattableString sql) where T : class => null;
        public static Task<List<T>> ToListAsync<T>(this IQueryable<T> source, CancellationToken cancellationToken = default) => null;
        public static Task<T[]> ToArrayAsync<T>(this IQueryable<T> source, CancellationToken cancellationToken = default) => null;
        public static Task<HashSet<T>> ToHashSetAsync<T>(this IQueryable<T> source, CancellationToken cancellationToken = default) => null;
        public static Task<Dictionary<K, T>> ToDictionaryAsync<T, K>(this IQueryable<T> source, Func<T, K> key, CancellationToken cancellationToken = default) => null;
        public static Task<Dictionary<K, V>> ToDictionaryAsync<T, K, V>(this IQueryable<T> source, Func<T, K> key, Func<T, V> value, CancellationToken cancellationToken = default) => null;
        public static Task<T> FirstAsync<T>(this IQueryable<T> source, CancellationToken cancellationToken = default) => null;
        public static Task<T> FirstAsync<T>(this IQueryable<T> source, Expression<Func<T, bool>> predicate, CancellationToken cancellationToken = default) => null;
        public static Task<T> FirstOrDefaultAsync<T>(this IQueryable<T> source, CancellationToken cancellationToken = default) => null;
        public static Task<T> FirstOrDefaultAsync<T>(this IQueryable<T> source, Expression<Func<T, bool>> predicate, CancellationToken cancellationToken = default) => null;
        public static Task<T> LastOrDefaultAsync<T>(this IQueryable<T> source, CancellationToken cancellationToken = default) => null;
        public static Task<T> SingleAsync<T>(this IQueryable<T> source, CancellationToken cancellationToken = default) => null;
        public static Task<T> SingleAsync<T>(this IQueryable<T> source, Expression<Func<T, bool>> predicate, CancellationToken cancellationToken = default) => null;
        public static Task<T> SingleOrDefaultAsync<T>(this IQueryable<T> source, CancellationToken cancellationToken = default) => null;
        public static Task<T> SingleOrDefaultAsync<T>(this IQueryable<T> source, Expression<Func<T, bool>> predicate, CancellationToken cancellationToken = default) => null;
        public static Task<bool> AnyAsync<T>(this IQueryable<T> source, CancellationToken cancellationToken = default) => null;
        public static Task<bool> AnyAsync<T>(this IQueryable<T> source, Expression<Func<T, bool>> predicate, CancellationToken cancellationToken = default) => null;
        public static Task<bool> AllAsync<T>(this IQueryable<T> source, Expression<Func<T, bool>> predicate, CancellationToken cancellationToken = default) => null;
        public static Task<int> CountAsync<T>(this IQueryable<T> source, CancellationToken cancellationToken = default) => null;
        public static Task<int> CountAsync<T>(this IQueryable<T> source, Expression<Func<T, bool>> predicate, CancellationToken cancellationToken = default) => null;
        public static Task<long> LongCountAsync<T>(this IQueryable<T> source, CancellationToken cancellationToken = default) => null;
        public static Task<V> MaxAsync<T, V>(this IQueryable<T> source, Expression<Func<T, V>> selector, CancellationToken cancellationToken = default) => null;
        public static Task<V> MinAsync<T, V>(this IQueryable<T> source, Expression<Func<T, V>> selector, CancellationToken cancellationToken = default) => null;
        public static Task<decimal> SumAsync<T>(this IQueryable<T> source, Expression<Func<T, decimal>> selector, CancellationToken cancellationToken = default) => null;
        public static Task<int> SumAsync<T>(this IQueryable<T> source, Expression<Func<T, int>> selector, CancellationToken cancellationToken = default) => null;
        public static Task<double> AverageAsync<T>(this IQueryable<T> source, Expression<Func<T, double>> selector, CancellationToken cancellationToken = default) => null;
        public static Task<bool> ContainsAsync<T>(this IQueryable<T> source, T item, CancellationToken cancellationToken = default) => null;
        public static Task LoadAsync<T>(this IQueryable<T> source, CancellationToken cancellationToken = default) => null;
        public static void Load<T>(this IQueryable<T> source) { }
        public static Task ForEachAsync<T>(this IQueryable<T> source, Action<T> action, CancellationToken cancellationToken = default) => null;
        public static IAsyncEnumerable<T> AsAsyncEnumerable<T>(this IQueryable<T> source) => null;
        public static int ExecuteDelete<T>(this IQueryable<T> source) => 0;
        public static Task<int> ExecuteDeleteAsync<T>(this IQueryable<T> source, CancellationToken cancellationToken = default) => null;
        public static int ExecuteUpdate<T>(this IQueryable<T> source, Expression<Func<SetPropertyCalls<T>, SetPropertyCalls<T>>> set) => 0;
        public static Task<int> ExecuteUpdateAsync<T>(this IQueryable<T> source, Expression<Func<SetPropertyCalls<T>, SetPropertyCalls<T>>> set, CancellationToken cancellationToken = default) => null;
    }
    public static class RelationalDatabaseFacadeExtensions
    {
        public static int ExecuteSqlRaw(this DatabaseFacade database, string sql, params object[] parameters) => 0;
        public static int ExecuteSql(this DatabaseFacade database, FormattableString sql) => 0;
        public static int ExecuteSqlInterpolated(this DatabaseFacade database, FormattableString sql) => 0;
        public static Task<int> ExecuteSqlRawAsync(this DatabaseFacade database, string sql, params object[] parameters) => null;
        public static Task<int> ExecuteSqlAsync(this DatabaseFacade database, FormattableString sql, CancellationToken cancellationToken = default) => null;
        public static Task<int> ExecuteSqlInterpolatedAsync(this DatabaseFacade database, FormattableString sql, CancellationToken cancellationToken = default) => null;
        public static IQueryable<T> SqlQuery<T>(this DatabaseFacade database, FormattableString sql) => null;
        public static IQueryable<T> SqlQueryRaw<T>(this DatabaseFacade database, string sql, params object[] parameters) => null;
        public static System.Data.Common.DbConnection GetDbConnection(this DatabaseFacade database) => null;
        public static void Migrate(this DatabaseFacade database) { }
        public static Task MigrateAsync(this DatabaseFacade database, CancellationToken cancellationToken = default) => null;
    }
}

namespace Microsoft.EntityFrameworkCore.Query
{
    public interface IIncludableQueryable<out T, out P> : IQueryable<T> { }
    public class SetPropertyCalls<T>
    {
        public SetPropertyCalls<T> SetProperty<P>(Func<T, P> property, P value) => null;
        public SetPropertyCalls<T> SetProperty<P>(Func<T, P> property, Func<T, P> value) => null;
    }
}

namespace Microsoft.EntityFrameworkCore.Infrastructure
{
    public class DatabaseFacade
    {
        public Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction BeginTransaction() => null;
        public Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction BeginTransaction(System.Data.IsolationLevel level) => null;
        public Task<Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction> BeginTransactionAsync(CancellationToken cancellationToken = default) => null;
        public Task<Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction> BeginTransactionAsync(System.Data.IsolationLevel level, CancellationToken cancellationToken = default) => null;
        public Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction CurrentTransaction => null;
        public void CommitTransaction() { }
        public Task CommitTransactionAsync(CancellationToken cancellationToken = default) => null;
        public void RollbackTransaction() { }
        public Microsoft.EntityFrameworkCore.Storage.IExecutionStrategy CreateExecutionStrategy() => null;
        public bool EnsureCreated() => true;
        public bool EnsureDeleted() => true;
        public bool CanConnect() => true;
    }
}

namespace Microsoft.EntityFrameworkCore.Storage
{
    public interface IDbContextTransaction : IDisposable, IAsyncDisposable
    {
        Guid TransactionId { get; }
        void Commit();
        void Rollback();
        Task CommitAsync(CancellationToken cancellationToken = default);
        Task RollbackAsync(CancellationToken cancellationToken = default);
    }
    public interface IExecutionStrategy
    {
        void Execute(Action operation);
        T Execute<T>(Func<T> operation);
        Task ExecuteAsync(Func<Task> operation);
        Task<T> ExecuteAsync<T>(Func<Task<T>> operation);
    }
}

namespace Microsoft.EntityFrameworkCore.Metadata
{
    public interface IMutableModel { IEnumerable<IMutableEntityType> GetEntityTypes(); }
    public interface IMutableEntityType { Type ClrType { get; } }
}

namespace Microsoft.EntityFrameworkCore.ChangeTracking
{
    public class EntityEntry
    {
        public object Entity => null;
        public EntityState State { get; set; }
    }
    public class EntityEntry<T> : EntityEntry where T : class
    {
        public new T Entity => null;
        public CollectionEntry<T, P> Collection<P>(Expression<Func<T, IEnumerable<P>>> property) where P : class => null;
        public ReferenceEntry<T, P> Reference<P>(Expression<Func<T, P>> property) where P : class => null;
    }
    public class CollectionEntry<T, P> { public IQueryable<P> Query() => null; public void Load() { } public Task LoadAsync(CancellationToken cancellationToken = default) => null; }
    public class ReferenceEntry<T, P> { public IQueryable<P> Query() => null; public void Load() { } public Task LoadAsync(CancellationToken cancellationToken = default) => null; }
    public class LocalView<T> : List<T> { }
    public class ChangeTracker
    {
        public IEnumerable<EntityEntry> Entries() => null;
        public IEnumerable<EntityEntry<T>> Entries<T>() where T : class => null;
        public bool HasChanges() => true;
        public void Clear() { }
    }
}
