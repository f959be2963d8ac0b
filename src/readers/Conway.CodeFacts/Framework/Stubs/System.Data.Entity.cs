// Enough of Entity Framework 6 for its sets, queries and mappings to have types.
using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Linq.Expressions;
using System.Threading;
using System.Threading.Tasks;
using System.Data.Entity.Infrastructure;
using System.Data.Entity.ModelConfiguration;
using System.Data.Entity.ModelConfiguration.Configuration;

namespace System.Data.Entity
{
    public class DbContext : IDisposable
    {
        protected DbContext() { }
        public DbContext(string nameOrConnectionString) { }
        public DbContext(System.Data.Common.DbConnection connection, bool owns) { }
        public Database Database => null;
        public DbChangeTracker ChangeTracker => null;
        public virtual DbSet<T> Set<T>() where T : class => null;
        protected virtual void OnModelCreating(DbModelBuilder modelBuilder) { }
        public virtual int SaveChanges() => 0;
        public virtual Task<int> SaveChangesAsync() => null;
        public virtual Task<int> SaveChangesAsync(CancellationToken cancellationToken) => null;
        public DbEntityEntry<T> Entry<T>(T entity) where T : class => null;
        public void Dispose() { }
        protected virtual void Dispose(bool disposing) { }
    }
    public interface IDbSet<T> : IQueryable<T> where T : class
    {
        T Find(params object[] keyValues);
        T Add(T entity);
        T Remove(T entity);
        T Attach(T entity);
        T Create();
    }
    public class DbSet<T> : IDbSet<T> where T : class
    {
        public virtual T Find(params object[] keyValues) => null;
        public virtual Task<T> FindAsync(params object[] keyValues) => null;
        public virtual T Add(T entity) => null;
        public virtual IEnumerable<T> AddRange(IEnumerable<T> entities) => null;
        public virtual T Remove(T entity) => null;
        public virtual IEnumerable<T> RemoveRange(IEnumerable<T> entities) => null;
        public virtual T Attach(T entity) => null;
        public virtual T Create() => null;
        public virtual IQueryable<T> Include(string path) => null;
        public virtual IQueryable<T> AsNoTracking() => null;
        public IEnumerable<T> SqlQuery(string sql, params object[] parameters) => null;
        public Type ElementType => null;
        public Expression Expression => null;
        public IQueryProvider Provider => null;
        public IEnumerator<T> GetEnumerator() => null;
        IEnumerator IEnumerable.GetEnumerator() => null;
    }
    public class Database
    {
        public DbContextTransaction BeginTransaction() => null;
        public DbContextTransaction BeginTransaction(System.Data.IsolationLevel level) => null;
        public int ExecuteSqlCommand(string sql, params object[] parameters) => 0;
        public Task<int> ExecuteSqlCommandAsync(string sql, params object[] parameters) => null;
        public IEnumerable<T> SqlQuery<T>(string sql, params object[] parameters) => null;
        public System.Data.Common.DbConnection Connection => null;
    }
    public class DbContextTransaction : IDisposable { public void Commit() { } public void Rollback() { } public void Dispose() { } }
    public enum EntityState { Detached, Unchanged, Added, Deleted, Modified }
    public class DbModelBuilder
    {
        public virtual EntityTypeConfiguration<T> Entity<T>() where T : class => null;
        public virtual ComplexTypeConfiguration<T> ComplexType<T>() where T : class => null;
        public DbModelBuilder HasDefaultSchema(string schema) => null;
        public DbModelBuilder Ignore<T>() where T : class => null;
        public ConfigurationRegistrar Configurations => null;
        public ConventionsConfiguration Conventions => null;
    }
    public static class QueryableExtensions
    {
        public static IQueryable<T> Include<T, P>(this IQueryable<T> source, Expression<Func<T, P>> path) => null;
        public static IQueryable<T> Include<T>(this IQueryable<T> source, string path) => null;
        public static IQueryable<T> AsNoTracking<T>(this IQueryable<T> source) where T : class => null;
        public static Task<List<T>> ToListAsync<T>(this IQueryable<T> source) => null;
        public static Task<List<T>> ToListAsync<T>(this IQueryable<T> source, CancellationToken cancellationToken) => null;
        public static Task<T[]> ToArrayAsync<T>(this IQueryable<T> source) => null;
        public static Task<T> FirstAsync<T>(this IQueryable<T> source) => null;
        public static Task<T> FirstAsync<T>(this IQueryable<T> source, Expression<Func<T, bool>> predicate) => null;
        public static Task<T> FirstOrDefaultAsync<T>(this IQueryable<T> source) => null;
        public static Task<T> FirstOrDefaultAsync<T>(this IQueryable<T> source, Expression<Func<T, bool>> predicate) => null;
        public static Task<T> SingleAsync<T>(this IQueryable<T> source, Expression<Func<T, bool>> predicate) => null;
        public static Task<T> SingleOrDefaultAsync<T>(this IQueryable<T> source) => null;
        public static Task<T> SingleOrDefaultAsync<T>(this IQueryable<T> source, Expression<Func<T, bool>> predicate) => null;
        public static Task<bool> AnyAsync<T>(this IQueryable<T> source) => null;
        public static Task<bool> AnyAsync<T>(this IQueryable<T> source, Expression<Func<T, bool>> predicate) => null;
        public static Task<int> CountAsync<T>(this IQueryable<T> source) => null;
        public static Task<int> CountAsync<T>(this IQueryable<T> source, Expression<Func<T, bool>> predicate) => null;
        public static void Load(this IQueryable source) { }
        public static Task ForEachAsync<T>(this IQueryable<T> source, Action<T> action) => null;
    }
}

namespace System.Data.Entity.Infrastructure
{
    public class DbEntityEntry { public System.Data.Entity.EntityState State { get; set; } public object Entity => null; }
    public class DbEntityEntry<T> where T : class { public System.Data.Entity.EntityState State { get; set; } public T Entity => null; }
    public class DbChangeTracker { public IEnumerable<DbEntityEntry> Entries() => null; public IEnumerable<DbEntityEntry<T>> Entries<T>() where T : class => null; }
    public class DbUpdateException : Exception { }
    public class DbUpdateConcurrencyException : DbUpdateException { }
}

namespace System.Data.Entity.ModelConfiguration
{
    public class EntityTypeConfiguration<T> where T : class
    {
        public EntityTypeConfiguration<T> HasKey<K>(Expression<Func<T, K>> key) => null;
        public EntityTypeConfiguration<T> ToTable(string name) => null;
        public EntityTypeConfiguration<T> ToTable(string name, string schema) => null;
        public EntityTypeConfiguration<T> Ignore<P>(Expression<Func<T, P>> property) => null;
        public EntityTypeConfiguration<T> Map(Action<EntityMappingConfiguration<T>> map) => null;
        public EntityTypeConfiguration<T> Map<D>(Action<EntityMappingConfiguration<D>> map) where D : class => null;
        public PropertyConfiguration Property<P>(Expression<Func<T, P>> property) => null;
        public RequiredNavigationPropertyConfiguration<T, R> HasRequired<R>(Expression<Func<T, R>> navigation) where R : class => null;
        public OptionalNavigationPropertyConfiguration<T, R> HasOptional<R>(Expression<Func<T, R>> navigation) where R : class => null;
        public ManyNavigationPropertyConfiguration<T, R> HasMany<R>(Expression<Func<T, ICollection<R>>> navigation) where R : class => null;
    }
    public class ComplexTypeConfiguration<T> { public PropertyConfiguration Property<P>(Expression<Func<T, P>> property) => null; }
}

namespace System.Data.Entity.ModelConfiguration.Configuration
{
    public class ConfigurationRegistrar
    {
        public ConfigurationRegistrar Add<T>(EntityTypeConfiguration<T> configuration) where T : class => null;
        public ConfigurationRegistrar AddFromAssembly(System.Reflection.Assembly assembly) => null;
    }
    public class ConventionsConfiguration { public void Remove<T>() { } public void Add(params object[] conventions) { } }
    public class EntityMappingConfiguration<T> { public EntityMappingConfiguration<T> ToTable(string name) => null; public EntityMappingConfiguration<T> MapInheritedProperties() => null; }
    public class PropertyConfiguration { public PropertyConfiguration HasColumnName(string name) => null; public PropertyConfiguration IsRequired() => null; public PropertyConfiguration IsOptional() => null; public PropertyConfiguration HasMaxLength(int? length) => null; public PropertyConfiguration HasPrecision(byte precision, byte scale) => null; }
    public class RequiredNavigationPropertyConfiguration<T, R> where T : class where R : class
    {
        public DependentNavigationPropertyConfiguration<T> WithMany(Expression<Func<R, ICollection<T>>> navigation) => null;
        public DependentNavigationPropertyConfiguration<T> WithMany() => null;
        public DependentNavigationPropertyConfiguration<T> WithOptional(Expression<Func<R, T>> navigation) => null;
        public DependentNavigationPropertyConfiguration<T> WithOptional() => null;
    }
    public class OptionalNavigationPropertyConfiguration<T, R> where T : class where R : class
    {
        public DependentNavigationPropertyConfiguration<T> WithMany(Expression<Func<R, ICollection<T>>> navigation) => null;
        public DependentNavigationPropertyConfiguration<T> WithMany() => null;
        public DependentNavigationPropertyConfiguration<T> WithRequired(Expression<Func<R, T>> navigation) => null;
    }
    public class ManyNavigationPropertyConfiguration<T, R> where T : class where R : class
    {
        public ManyToManyNavigationPropertyConfiguration<T, R> WithMany(Expression<Func<R, ICollection<T>>> navigation) => null;
        public ManyToManyNavigationPropertyConfiguration<T, R> WithMany() => null;
        public DependentNavigationPropertyConfiguration<R> WithRequired(Expression<Func<R, T>> navigation) => null;
        public DependentNavigationPropertyConfiguration<R> WithRequired() => null;
        public DependentNavigationPropertyConfiguration<R> WithOptional(Expression<Func<R, T>> navigation) => null;
        public DependentNavigationPropertyConfiguration<R> WithOptional() => null;
    }
    public class DependentNavigationPropertyConfiguration<T> { public DependentNavigationPropertyConfiguration<T> HasForeignKey<K>(Expression<Func<T, K>> key) => null; public DependentNavigationPropertyConfiguration<T> WillCascadeOnDelete(bool value) => null; }
    public class ManyToManyNavigationPropertyConfiguration<T, R> { public ManyToManyNavigationPropertyConfiguration<T, R> Map(Action<ManyToManyAssociationMappingConfiguration> map) => null; }
    public class ManyToManyAssociationMappingConfiguration { public ManyToManyAssociationMappingConfiguration ToTable(string name) => null; }
}
