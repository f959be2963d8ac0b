namespace Conway.CodeFacts;

public sealed class OtherStoreTests
{
    private static string[] Facts(Codebase code) =>
        [.. code.Entities.Select(e => $"{code.Types[e.Type].Name} {code.Tables[e.Table]} {code.Tables[e.Table].Kind} {e.Found} by {e.NamedBy}"),
            .. code.Accesses.Select(a => $"{code.Members[a.Member].Name} {a.Mode} {code.Tables[a.Table]}{(a.IsInferred ? " inferred" : "")}")];

    [Fact]
    public void Documents_of_mongo_are_read_and_written_by_their_collection() =>
        Assert.Equal(
            ["Order orders Collection Mongo by Mapping", "Tag Tags Collection Mongo by Convention", "Add Write orders", "Get Read orders", "Tag Write Tags"], Facts(Some.Code("""
            using System.Linq; using System.Threading.Tasks; using MongoDB.Driver;
            public class Order { public string Id { get; set; } public Part Part { get; set; } } public class Part { public string Id { get; set; } } public class Tag { public string Id { get; set; } }
            public class Store(IMongoDatabase database)
            {
                const string Name = "orders";
                readonly IMongoCollection<Order> _orders = database.GetCollection<Order>(Name);
                public IMongoCollection<Tag> Tags { get; }
                public Task Add(Order o) => _orders.InsertOneAsync(o);
                public void Get() { var x = _orders.AsQueryable().Where(o => o.Id == "1").ToList(); }
                public void Tag() { Tags.DeleteOne(t => t.Id == "1"); }
            }
            public class Other { public T GetCollection<T>(string name) => default; public void Find() { new Other().GetCollection<Part>("parts"); new Other().Find(); } }
            """)));

    [Fact]
    public void Sessions_of_nhibernate_read_and_write_what_they_are_given() =>
        Assert.Equal(
            ["Customer Customer Table NHibernate by Convention", "Order tbl_order Table NHibernate by Mapping", "Go Read tbl_order", "Go Read Customer", "Go Write tbl_order", "Go Write Customer"], Facts(Some.Code("""
            using System.Linq; using NHibernate; using FluentNHibernate.Mapping;
            public class Order { public virtual int Id { get; set; } } public class Customer { public virtual int Id { get; set; } }
            public class OrderMap : ClassMap<Order> { public OrderMap() { Table("tbl_order"); Id(x => x.Id); } }
            public class User(ISession session) { public void Go(Customer c) { var o = session.Get<Order>(1); var q = session.Query<Customer>().ToList(); session.SaveOrUpdate(o); session.Delete(c); } }
            public class Own { public interface ISession { void Save(object o); } void No(ISession s, Customer c) { s.Save(c); } }
            """)));

    [Fact]
    public void Managers_of_identity_read_and_write_users() =>
        Assert.Equal(["User AspNetUsers Table EfCore by Convention", "Go Read AspNetUsers inferred", "Go Write AspNetUsers inferred"], Facts(Some.Code("""
            using System.Threading.Tasks; using Microsoft.AspNetCore.Identity; using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
            public class User : IdentityUser { } public class Db : IdentityDbContext<User> { }
            public class Account(UserManager<User> users) { public async Task Go() { var u = await users.FindByIdAsync("1"); await users.UpdateAsync(u); users.ToString(); } }
            """)));
}
