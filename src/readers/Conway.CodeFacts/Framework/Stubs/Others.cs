// What carries types from one call to the next in many codebases.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Linq.Expressions;
using System.Threading.Tasks;

namespace AutoMapper
{
    public interface IMapperBase { D Map<D>(object source); D Map<S, D>(S source); D Map<S, D>(S source, D destination); }
    public interface IMapper : IMapperBase { }
}

namespace AutoMapper.QueryableExtensions
{
    public static class Extensions { public static IQueryable<D> ProjectTo<D>(this IQueryable source, object configuration, params object[] more) => null; }
}

namespace Newtonsoft.Json
{
    public static class JsonConvert
    {
        public static string SerializeObject(object value) => null;
        public static string SerializeObject(object value, params object[] more) => null;
        public static T DeserializeObject<T>(string value) => default;
        public static T DeserializeObject<T>(string value, object settings) => default;
        public static object DeserializeObject(string value, Type type) => null;
    }
}

namespace Microsoft.AspNetCore.Identity.EntityFrameworkCore
{
    public class IdentityDbContext<U, R, K> : Microsoft.EntityFrameworkCore.DbContext where U : class where R : class
    {
        public IdentityDbContext() { }
        public IdentityDbContext(Microsoft.EntityFrameworkCore.DbContextOptions options) : base(options) { }
        public virtual Microsoft.EntityFrameworkCore.DbSet<U> Users { get; set; }
        public virtual Microsoft.EntityFrameworkCore.DbSet<R> Roles { get; set; }
    }
    public class IdentityDbContext<U, R, K, UC, UR, UL, RC, UT> : IdentityDbContext<U, R, K> where U : class where R : class
    {
        public IdentityDbContext() { }
        public IdentityDbContext(Microsoft.EntityFrameworkCore.DbContextOptions options) : base(options) { }
    }
    public class IdentityDbContext<U> : Microsoft.EntityFrameworkCore.DbContext where U : class
    {
        public IdentityDbContext() { }
        public IdentityDbContext(Microsoft.EntityFrameworkCore.DbContextOptions options) : base(options) { }
        public virtual Microsoft.EntityFrameworkCore.DbSet<U> Users { get; set; }
    }
    public class IdentityDbContext : Microsoft.EntityFrameworkCore.DbContext
    {
        public IdentityDbContext() { }
        public IdentityDbContext(Microsoft.EntityFrameworkCore.DbContextOptions options) : base(options) { }
    }
}
