// Enough of NHibernate for sessions and what they load to have types.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Linq.Expressions;
using System.Threading;
using System.Threading.Tasks;

namespace NHibernate
{
    public interface ISessionFactory { ISession OpenSession(); ISession GetCurrentSession(); IStatelessSession OpenStatelessSession(); }
    public interface ITransaction : IDisposable { void Commit(); void Rollback(); Task CommitAsync(CancellationToken cancellationToken = default); Task RollbackAsync(CancellationToken cancellationToken = default); }
    public interface IStatelessSession : IDisposable
    {
        IQueryable<T> Query<T>();
        T Get<T>(object id);
        object Insert(object entity);
        void Update(object entity);
        void Delete(object entity);
        ITransaction BeginTransaction();
    }
    public interface ISession : IDisposable
    {
        T Get<T>(object id);
        T Load<T>(object id);
        Task<T> GetAsync<T>(object id, CancellationToken cancellationToken = default);
        Task<T> LoadAsync<T>(object id, CancellationToken cancellationToken = default);
        IQueryable<T> Query<T>();
        IQueryOver<T, T> QueryOver<T>() where T : class;
        IQueryOver<T, T> QueryOver<T>(Expression<Func<T>> alias) where T : class;
        ICriteria CreateCriteria<T>() where T : class;
        ICriteria CreateCriteria(Type type);
        IQuery CreateQuery(string hql);
        ISQLQuery CreateSQLQuery(string sql);
        IQuery GetNamedQuery(string name);
        object Save(object entity);
        Task<object> SaveAsync(object entity, CancellationToken cancellationToken = default);
        void Update(object entity);
        Task UpdateAsync(object entity, CancellationToken cancellationToken = default);
        void SaveOrUpdate(object entity);
        Task SaveOrUpdateAsync(object entity, CancellationToken cancellationToken = default);
        void Delete(object entity);
        Task DeleteAsync(object entity, CancellationToken cancellationToken = default);
        void Persist(object entity);
        Task PersistAsync(object entity, CancellationToken cancellationToken = default);
        T Merge<T>(T entity) where T : class;
        Task<T> MergeAsync<T>(T entity, CancellationToken cancellationToken = default) where T : class;
        void Evict(object entity);
        void Refresh(object entity);
        void Flush();
        Task FlushAsync(CancellationToken cancellationToken = default);
        void Clear();
        ITransaction BeginTransaction();
        ITransaction BeginTransaction(System.Data.IsolationLevel level);
        ITransaction Transaction { get; }
    }
    public interface IQuery { IList<T> List<T>(); Task<IList<T>> ListAsync<T>(CancellationToken cancellationToken = default); T UniqueResult<T>(); object UniqueResult(); IQuery SetParameter(string name, object value); IQuery SetMaxResults(int count); int ExecuteUpdate(); }
    public interface ISQLQuery : IQuery { ISQLQuery AddEntity(Type type); }
    public interface ICriteria { IList<T> List<T>(); T UniqueResult<T>(); ICriteria Add(object expression); ICriteria SetMaxResults(int count); }
    public interface IQueryOver<T, S>
    {
        IQueryOver<T, S> Where(Expression<Func<T, bool>> expression);
        IQueryOver<T, S> And(Expression<Func<T, bool>> expression);
        IQueryOver<T, U> JoinQueryOver<U>(Expression<Func<S, U>> path);
        IQueryOver<T, U> JoinQueryOver<U>(Expression<Func<S, IEnumerable<U>>> path);
        IList<T> List();
        IList<U> List<U>();
        Task<IList<T>> ListAsync(CancellationToken cancellationToken = default);
        T SingleOrDefault();
        Task<T> SingleOrDefaultAsync(CancellationToken cancellationToken = default);
        int RowCount();
    }
}

namespace NHibernate.Linq
{
    public static class LinqExtensionMethods
    {
        public static IQueryable<T> Fetch<T, P>(this IQueryable<T> query, Expression<Func<T, P>> path) => null;
        public static IQueryable<T> FetchMany<T, P>(this IQueryable<T> query, Expression<Func<T, IEnumerable<P>>> path) => null;
        public static IQueryable<T> ThenFetch<T, P>(this IQueryable<T> query, Expression<Func<T, P>> path) => null;
        public static Task<List<T>> ToListAsync<T>(this IQueryable<T> source, CancellationToken cancellationToken = default) => null;
        public static Task<T> FirstOrDefaultAsync<T>(this IQueryable<T> source, CancellationToken cancellationToken = default) => null;
        public static Task<T> FirstOrDefaultAsync<T>(this IQueryable<T> source, Expression<Func<T, bool>> predicate, CancellationToken cancellationToken = default) => null;
        public static Task<T> SingleOrDefaultAsync<T>(this IQueryable<T> source, Expression<Func<T, bool>> predicate, CancellationToken cancellationToken = default) => null;
        public static Task<int> CountAsync<T>(this IQueryable<T> source, CancellationToken cancellationToken = default) => null;
        public static Task<bool> AnyAsync<T>(this IQueryable<T> source, Expression<Func<T, bool>> predicate, CancellationToken cancellationToken = default) => null;
    }
}
