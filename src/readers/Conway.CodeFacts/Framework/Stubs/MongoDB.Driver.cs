// Enough of MongoDB's driver for collections and what is found in them to have types.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Linq.Expressions;
using System.Threading;
using System.Threading.Tasks;

namespace MongoDB.Driver
{
    public class MongoClientSettings { public static MongoClientSettings FromConnectionString(string text) => null; }
    public class MongoClient : IMongoClient { public MongoClient() { } public MongoClient(string text) { } public MongoClient(MongoClientSettings settings) { } public IMongoDatabase GetDatabase(string name, object settings = null) => null; public IClientSessionHandle StartSession(object options = null, CancellationToken cancellationToken = default) => null; public Task<IClientSessionHandle> StartSessionAsync(object options = null, CancellationToken cancellationToken = default) => null; }
    public interface IMongoClient { IMongoDatabase GetDatabase(string name, object settings = null); IClientSessionHandle StartSession(object options = null, CancellationToken cancellationToken = default); Task<IClientSessionHandle> StartSessionAsync(object options = null, CancellationToken cancellationToken = default); }
    public interface IClientSessionHandle : IDisposable { void StartTransaction(object options = null); void CommitTransaction(CancellationToken cancellationToken = default); Task CommitTransactionAsync(CancellationToken cancellationToken = default); Task AbortTransactionAsync(CancellationToken cancellationToken = default); }
    public interface IMongoDatabase { IMongoCollection<T> GetCollection<T>(string name, MongoCollectionSettings settings = null); }
    public class MongoCollectionSettings { }
    public class FilterDefinition<T> { public static implicit operator FilterDefinition<T>(Expression<Func<T, bool>> e) => null; public static FilterDefinition<T> operator &(FilterDefinition<T> l, FilterDefinition<T> r) => null; public static FilterDefinition<T> operator |(FilterDefinition<T> l, FilterDefinition<T> r) => null; }
    public class UpdateDefinition<T> { }
    public class SortDefinition<T> { }
    public class ProjectionDefinition<T> { }
    public class IndexKeysDefinition<T> { }
    public class CreateIndexModel<T> { public CreateIndexModel(IndexKeysDefinition<T> keys, object options = null) { } }
    public class WriteModel<T> { }
    public class FindOptions { }
    public class InsertOneOptions { }
    public class ReplaceOptions { public bool IsUpsert { get; set; } }
    public class UpdateOptions { public bool IsUpsert { get; set; } }
    public class ReplaceOneResult { public long ModifiedCount => 0; }
    public class UpdateResult { public long ModifiedCount => 0; public long MatchedCount => 0; }
    public class DeleteResult { public long DeletedCount => 0; }
    public interface IMongoCollection<T>
    {
        void InsertOne(T document, InsertOneOptions options = null, CancellationToken cancellationToken = default);
        Task InsertOneAsync(T document, InsertOneOptions options = null, CancellationToken cancellationToken = default);
        Task InsertOneAsync(IClientSessionHandle session, T document, InsertOneOptions options = null, CancellationToken cancellationToken = default);
        void InsertMany(IEnumerable<T> documents, object options = null, CancellationToken cancellationToken = default);
        Task InsertManyAsync(IEnumerable<T> documents, object options = null, CancellationToken cancellationToken = default);
        ReplaceOneResult ReplaceOne(FilterDefinition<T> filter, T document, ReplaceOptions options = null, CancellationToken cancellationToken = default);
        Task<ReplaceOneResult> ReplaceOneAsync(FilterDefinition<T> filter, T document, ReplaceOptions options = null, CancellationToken cancellationToken = default);
        UpdateResult UpdateOne(FilterDefinition<T> filter, UpdateDefinition<T> update, UpdateOptions options = null, CancellationToken cancellationToken = default);
        Task<UpdateResult> UpdateOneAsync(FilterDefinition<T> filter, UpdateDefinition<T> update, UpdateOptions options = null, CancellationToken cancellationToken = default);
        Task<UpdateResult> UpdateManyAsync(FilterDefinition<T> filter, UpdateDefinition<T> update, UpdateOptions options = null, CancellationToken cancellationToken = default);
        DeleteResult DeleteOne(FilterDefinition<T> filter, CancellationToken cancellationToken = default);
        Task<DeleteResult> DeleteOneAsync(FilterDefinition<T> filter, CancellationToken cancellationToken = default);
        Task<DeleteResult> DeleteManyAsync(FilterDefinition<T> filter, CancellationToken cancellationToken = default);
        Task<T> FindOneAndUpdateAsync(FilterDefinition<T> filter, UpdateDefinition<T> update, object options = null, CancellationToken cancellationToken = default);
        Task<T> FindOneAndReplaceAsync(FilterDefinition<T> filter, T document, object options = null, CancellationToken cancellationToken = default);
        Task<T> FindOneAndDeleteAsync(FilterDefinition<T> filter, object options = null, CancellationToken cancellationToken = default);
        Task<long> CountDocumentsAsync(FilterDefinition<T> filter, object options = null, CancellationToken cancellationToken = default);
        long CountDocuments(FilterDefinition<T> filter, object options = null, CancellationToken cancellationToken = default);
        Task BulkWriteAsync(IEnumerable<WriteModel<T>> requests, object options = null, CancellationToken cancellationToken = default);
        IMongoDatabase Database { get; }
    }
    public interface IAsyncCursorSource<T> { }
    public interface IFindFluent<T, P> : IAsyncCursorSource<P>
    {
        IFindFluent<T, P> Limit(int? limit);
        IFindFluent<T, P> Skip(int? skip);
        IFindFluent<T, P> Sort(SortDefinition<T> sort);
        Task<long> CountDocumentsAsync(CancellationToken cancellationToken = default);
    }
    public static class IMongoCollectionExtensions
    {
        public static IFindFluent<T, T> Find<T>(this IMongoCollection<T> collection, FilterDefinition<T> filter, FindOptions options = null) => null;
        public static IFindFluent<T, T> Find<T>(this IMongoCollection<T> collection, Expression<Func<T, bool>> filter, FindOptions options = null) => null;
        public static Task<IAsyncCursorSource<T>> FindAsync<T>(this IMongoCollection<T> collection, Expression<Func<T, bool>> filter, object options = null, CancellationToken cancellationToken = default) => null;
        public static IQueryable<T> AsQueryable<T>(this IMongoCollection<T> collection, object options = null) => null;
        public static Task<ReplaceOneResult> ReplaceOneAsync<T>(this IMongoCollection<T> collection, Expression<Func<T, bool>> filter, T document, ReplaceOptions options = null, CancellationToken cancellationToken = default) => null;
        public static Task<UpdateResult> UpdateOneAsync<T>(this IMongoCollection<T> collection, Expression<Func<T, bool>> filter, UpdateDefinition<T> update, UpdateOptions options = null, CancellationToken cancellationToken = default) => null;
        public static Task<DeleteResult> DeleteOneAsync<T>(this IMongoCollection<T> collection, Expression<Func<T, bool>> filter, CancellationToken cancellationToken = default) => null;
        public static Task<DeleteResult> DeleteManyAsync<T>(this IMongoCollection<T> collection, Expression<Func<T, bool>> filter, CancellationToken cancellationToken = default) => null;
    }
    public static class IFindFluentExtensions
    {
        public static IFindFluent<T, P> Project<T, P>(this IFindFluent<T, T> find, Expression<Func<T, P>> projection) => null;
        public static IFindFluent<T, P> SortBy<T, P>(this IFindFluent<T, P> find, Expression<Func<T, object>> field) => null;
        public static IFindFluent<T, P> SortByDescending<T, P>(this IFindFluent<T, P> find, Expression<Func<T, object>> field) => null;
        public static P FirstOrDefault<T, P>(this IFindFluent<T, P> find, CancellationToken cancellationToken = default) => default;
        public static Task<P> FirstOrDefaultAsync<T, P>(this IFindFluent<T, P> find, CancellationToken cancellationToken = default) => null;
        public static Task<P> FirstAsync<T, P>(this IFindFluent<T, P> find, CancellationToken cancellationToken = default) => null;
        public static Task<P> SingleOrDefaultAsync<T, P>(this IFindFluent<T, P> find, CancellationToken cancellationToken = default) => null;
        public static Task<P> SingleAsync<T, P>(this IFindFluent<T, P> find, CancellationToken cancellationToken = default) => null;
        public static Task<bool> AnyAsync<T>(this IAsyncCursorSource<T> find, CancellationToken cancellationToken = default) => null;
        public static Task<List<T>> ToListAsync<T>(this IAsyncCursorSource<T> find, CancellationToken cancellationToken = default) => null;
        public static List<T> ToList<T>(this IAsyncCursorSource<T> find, CancellationToken cancellationToken = default) => null;
    }
}
