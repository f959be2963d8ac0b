// Enough of Dapper for rows to have types.
using System;
using System.Collections.Generic;
using System.Data;
using System.Threading;
using System.Threading.Tasks;

namespace Dapper
{
    public class DynamicParameters { public DynamicParameters() { } public DynamicParameters(object template) { } public void Add(string name, object value = null, DbType? dbType = null, ParameterDirection? direction = null, int? size = null) { } public T Get<T>(string name) => default; }
    public struct CommandDefinition { public CommandDefinition(string commandText, object parameters = null, IDbTransaction transaction = null, int? commandTimeout = null, CommandType? commandType = null, int flags = 0, CancellationToken cancellationToken = default) { } }
    public static class SqlMapper
    {
        public static IEnumerable<dynamic> Query(this IDbConnection c, string sql, object param = null, IDbTransaction transaction = null, bool buffered = true, int? commandTimeout = null, CommandType? commandType = null) => null;
        public static IEnumerable<T> Query<T>(this IDbConnection c, string sql, object param = null, IDbTransaction transaction = null, bool buffered = true, int? commandTimeout = null, CommandType? commandType = null) => null;
        public static IEnumerable<R> Query<A, B, R>(this IDbConnection c, string sql, Func<A, B, R> map, object param = null, IDbTransaction transaction = null, bool buffered = true, string splitOn = "Id", int? commandTimeout = null, CommandType? commandType = null) => null;
        public static IEnumerable<R> Query<A, B, C, R>(this IDbConnection c, string sql, Func<A, B, C, R> map, object param = null, IDbTransaction transaction = null, bool buffered = true, string splitOn = "Id", int? commandTimeout = null, CommandType? commandType = null) => null;
        public static T QueryFirst<T>(this IDbConnection c, string sql, object param = null, IDbTransaction transaction = null, int? commandTimeout = null, CommandType? commandType = null) => default;
        public static T QueryFirstOrDefault<T>(this IDbConnection c, string sql, object param = null, IDbTransaction transaction = null, int? commandTimeout = null, CommandType? commandType = null) => default;
        public static T QuerySingle<T>(this IDbConnection c, string sql, object param = null, IDbTransaction transaction = null, int? commandTimeout = null, CommandType? commandType = null) => default;
        public static T QuerySingleOrDefault<T>(this IDbConnection c, string sql, object param = null, IDbTransaction transaction = null, int? commandTimeout = null, CommandType? commandType = null) => default;
        public static Task<IEnumerable<dynamic>> QueryAsync(this IDbConnection c, string sql, object param = null, IDbTransaction transaction = null, int? commandTimeout = null, CommandType? commandType = null) => null;
        public static Task<IEnumerable<T>> QueryAsync<T>(this IDbConnection c, string sql, object param = null, IDbTransaction transaction = null, int? commandTimeout = null, CommandType? commandType = null) => null;
        public static Task<IEnumerable<T>> QueryAsync<T>(this IDbConnection c, CommandDefinition command) => null;
        public static Task<IEnumerable<R>> QueryAsync<A, B, R>(this IDbConnection c, string sql, Func<A, B, R> map, object param = null, IDbTransaction transaction = null, bool buffered = true, string splitOn = "Id", int? commandTimeout = null, CommandType? commandType = null) => null;
        public static Task<IEnumerable<R>> QueryAsync<A, B, C, R>(this IDbConnection c, string sql, Func<A, B, C, R> map, object param = null, IDbTransaction transaction = null, bool buffered = true, string splitOn = "Id", int? commandTimeout = null, CommandType? commandType = null) => null;
        public static Task<T> QueryFirstAsync<T>(this IDbConnection c, string sql, object param = null, IDbTransaction transaction = null, int? commandTimeout = null, CommandType? commandType = null) => null;
        public static Task<T> QueryFirstOrDefaultAsync<T>(this IDbConnection c, string sql, object param = null, IDbTransaction transaction = null, int? commandTimeout = null, CommandType? commandType = null) => null;
        public static Task<T> QuerySingleAsync<T>(this IDbConnection c, string sql, object param = null, IDbTransaction transaction = null, int? commandTimeout = null, CommandType? commandType = null) => null;
        public static Task<T> QuerySingleOrDefaultAsync<T>(this IDbConnection c, string sql, object param = null, IDbTransaction transaction = null, int? commandTimeout = null, CommandType? commandType = null) => null;
        public static int Execute(this IDbConnection c, string sql, object param = null, IDbTransaction transaction = null, int? commandTimeout = null, CommandType? commandType = null) => 0;
        public static int Execute(this IDbConnection c, CommandDefinition command) => 0;
        public static Task<int> ExecuteAsync(this IDbConnection c, string sql, object param = null, IDbTransaction transaction = null, int? commandTimeout = null, CommandType? commandType = null) => null;
        public static Task<int> ExecuteAsync(this IDbConnection c, CommandDefinition command) => null;
        public static T ExecuteScalar<T>(this IDbConnection c, string sql, object param = null, IDbTransaction transaction = null, int? commandTimeout = null, CommandType? commandType = null) => default;
        public static Task<T> ExecuteScalarAsync<T>(this IDbConnection c, string sql, object param = null, IDbTransaction transaction = null, int? commandTimeout = null, CommandType? commandType = null) => null;
        public static GridReader QueryMultiple(this IDbConnection c, string sql, object param = null, IDbTransaction transaction = null, int? commandTimeout = null, CommandType? commandType = null) => null;
        public static Task<GridReader> QueryMultipleAsync(this IDbConnection c, string sql, object param = null, IDbTransaction transaction = null, int? commandTimeout = null, CommandType? commandType = null) => null;
        public class GridReader : IDisposable
        {
            public IEnumerable<T> Read<T>(bool buffered = true) => null;
            public Task<IEnumerable<T>> ReadAsync<T>(bool buffered = true) => null;
            public T ReadFirst<T>() => default;
            public Task<T> ReadFirstAsync<T>() => null;
            public T ReadFirstOrDefault<T>() => default;
            public Task<T> ReadFirstOrDefaultAsync<T>() => null;
            public Task<T> ReadSingleOrDefaultAsync<T>() => null;
            public void Dispose() { }
        }
    }
}
