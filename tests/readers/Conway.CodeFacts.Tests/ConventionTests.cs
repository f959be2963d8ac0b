namespace Conway.CodeFacts;

/// <summary>What a codebase stores by rules of its own making.</summary>
public sealed class ConventionTests
{
    private const string Head = "using System; using System.Linq; using System.Collections.Generic; using System.Reflection; using Microsoft.EntityFrameworkCore; using Microsoft.EntityFrameworkCore.Metadata.Builders;\n";

    private static string[] Tables(Codebase code) => [.. code.Entities.Select(e => $"{code.Types[e.Type].Name} {code.Tables[e.Table]} {e.Found}")];

    [Fact]
    public void A_repository_of_anything_keeps_what_somebody_asks_it_for() =>
        Assert.Equal(["Customer Customer Mongo", "Order Order Mongo", "Visit visits Mongo"], Tables(Some.Code("""
            using MongoDB.Driver;
            public class Order { } public class Customer { } public class Visit { } public class Never { }
            public interface IRepository<T> { void Insert(T t); } public interface IOther<T> { }
            public class MongoRepository<T>(IMongoDatabase db) : IRepository<T> { protected IMongoCollection<T> Items { get; } = db.GetCollection<T>(typeof(T).Name); public void Insert(T t) => Items.InsertOne(t); }
            public class Audited<TKey, TRow>(IMongoDatabase db) : MongoRepository<TRow>(db) { protected virtual string CollectionName() => typeof(TRow).Name; }
            public class Visits(IMongoDatabase db) : Audited<int, Visit>(db) { protected override string CollectionName() => "visits"; }
            public class Place(IRepository<Order> orders, IOther<Never> never) { void Go(IServiceProvider p) { p.GetService<IRepository<Customer>>(); } }
            """)));

    [Fact]
    public void A_helper_for_any_entity_maps_what_it_is_called_for() =>
        Assert.Equal(["Order shop_orders EfCore", "Visit Visit EfCore"], Tables(Some.Code(Head + """
            public class Part { public int Id { get; set; } } public class Order { public int Id { get; set; } public Part Part { get; set; } } public class Visit { public int Id { get; set; } } public class Never { public int Id { get; set; } }
            public static class Maps
            {
                public static void Use<T>(this ModelBuilder model, string table) where T : class { model.Entity<T>(b => { b.ToTable(table); b.Property(x => ((Order)(object)x).Part); }); }
                public static void UsePlain<T>(this ModelBuilder model) where T : class => model.Entity<T>();
                public static void UseTwice<T>(this ModelBuilder model) where T : class => model.UsePlain<T>();
            }
            public class Db : DbContext { protected override void OnModelCreating(ModelBuilder m) { m.Use<Order>($"{Names.Prefix}orders"); m.UseTwice<Visit>(); } }
            public static class Names { public static string Prefix { get; set; } = "shop_"; }
            """)));

    [Fact]
    public void Classes_that_a_context_finds_by_reflection_are_entities() =>
        Assert.Equal(["Order Order EfCore", "Visit Visit EfCore"], Tables(Some.Code(Head + """
            public abstract class Stored { public long Id { get; set; } } public class Order : Stored { } public class Visit : Stored { } public class Other { public int Id { get; set; } }
            public class Db : DbContext
            {
                protected override void OnModelCreating(ModelBuilder m) { foreach (var type in GetType().Assembly.GetTypes().Where(t => typeof(Stored).IsAssignableFrom(t) && !t.IsAbstract)) m.Entity(type); }
                void Elsewhere() { typeof(Other).IsAssignableFrom(null); }
            }
            """)));

    [Fact]
    public void Tables_renamed_at_the_end_are_renamed_whoever_named_them_before() =>
        Assert.Equal(["Order order_lines EfCore", "User asp_net_users EfCore", "Visit Visits EfCore"], Tables(Some.Code(Head + """
            using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
            public class Order { public int Id { get; set; } } public class Visit { public int Id { get; set; } } public class User { public int Id { get; set; } } public class Role { }
            public class UserMap : IEntityTypeConfiguration<User> { public void Configure(EntityTypeBuilder<User> b) => b.ToTable("people"); }
            public class Db : IdentityDbContext<User, Role, int>
            {
                public DbSet<Order> Orders { get; set; }
                protected override void OnModelCreating(ModelBuilder m)
                {
                    m.Entity<Order>().ToTable("OrderLines"); m.ApplyConfigurationsFromAssembly(typeof(Db).Assembly);
                    base.OnModelCreating(m);
                    foreach (var e in m.Model.GetEntityTypes()) e.SetTableName(e.GetTableName().Underscore());
                }
            }
            public class Other : DbContext { public DbSet<Visit> Visits { get; set; } }
            """.Replace("public class Role { }", "", StringComparison.Ordinal))));

    [Fact]
    public void An_extension_of_a_package_that_is_absent_names_the_table() =>
        Assert.Equal(["Order Order EfCore", "Visit Visit EfCore"], Tables(Some.Code(Head + """
            public class OrderEntity { public string Id { get; set; } } public class VisitEntity { public string Id { get; set; } }
            public class Db : DbContext { protected override void OnModelCreating(ModelBuilder m) { m.Entity<OrderEntity>(b => { b.ToAuditableTable("Order"); }); m.Entity<VisitEntity>().ToEntityTable("Visit"); } }
            """)).Select(t => t.Replace("Entity ", " ", StringComparison.Ordinal)));

    [Fact]
    public void What_is_kept_as_json_has_no_table_of_its_own() =>
        Assert.Equal(["Line Orders EfCore", "Order Orders EfCore"], Tables(Some.Code(Head + """
            public class Line { public int Id { get; set; } } public class Order { public int Id { get; set; } public List<Line> Lines { get; set; } }
            public class Db : DbContext { public DbSet<Order> Orders { get; set; } protected override void OnModelCreating(ModelBuilder m) => m.Entity<Order>().OwnsMany(o => o.Lines, l => { l.ToJson(); }); }
            """)));

    [Fact]
    public void A_mapper_of_ones_own_names_the_table_of_what_it_is_given() =>
        Assert.Equal(["Series series_table Dapper"], Tables(Some.Code("""
            public class Series { public int Id { get; set; } } public class TableMapper { public TableMapper Entity<T>(string table) => this; }
            public static class Mapping { static readonly TableMapper Mapper = new(); static void Map() { Mapper.Entity<Series>("series_table"); } }
            """)));

    [Fact]
    public void Documents_that_derive_from_stored_ones_have_their_own_collection() =>
        Assert.Equal(["Order orders Mongo", "Rule rules Mongo", "Stored Stored Mongo"], Tables(Some.Code("""
            using MongoDB.Driver;
            public class Stored { } public class Order : Stored { } public class Rule : Stored { }
            public class Repository<T>(IMongoDatabase db) { protected IMongoCollection<T> Collection { get; } protected virtual string CollectionName() => typeof(T).Name; }
            public class Orders(IMongoDatabase db) : Repository<Order>(db) { protected override string CollectionName() => "orders"; }
            public class Rules(IMongoDatabase db) : Repository<Rule>(db) { protected override string CollectionName() { return "rules"; } }
            public class Any(Repository<Stored> all) { }
            """)));

    [Fact]
    public void A_repository_that_is_registered_with_the_name_of_its_collection_keeps_documents_there() =>
        Assert.Equal(["User users-module.users Mongo"], Tables(Some.Code("""
            public class User { public int Id { get; set; } }
            public static class Module { const string Schema = "users-module"; public static void Add(IServiceCollection services) { services.AddMongoRepository<User, int>($"{Schema}.users"); } }
            """)));

    [Fact]
    public void Mappings_of_nhibernate_are_read_from_classes_and_from_xml() =>
        Assert.Equal(["Bill bill_table NHibernate", "Cash bill_table NHibernate", "Note Note NHibernate", "Order orders.tbl_order NHibernate", "Special special_bills NHibernate"], Tables(Some.Files(
            ("a.cs", """
                using FluentNHibernate.Mapping;
                namespace Shop;
                public class Order { public virtual int Id { get; set; } } public class Note { public virtual int Id { get; set; } } public class Bill { public virtual int Id { get; set; } }
                public class Special : Bill { } public class Cash : Bill { } public class Never { public virtual int Id { get; set; } }
                """),
            ("b.cs", """
                using FluentNHibernate.Mapping; using Shop;
                public class SpecialMap : SubclassMap<Special> { public SpecialMap() { Table("special_bills"); } }
                """),
            ("Order.hbm.xml", """<hibernate-mapping xmlns="urn:nhibernate-mapping-2.2" assembly="Shop" namespace="Shop"><class name="Order" table="`tbl_order`" schema="orders" /><class name="Shop.Note, Shop" /><class name="Bill" table="bill_table"><subclass name="Cash" /></class></hibernate-mapping>"""),
            ("Broken.hbm.xml", "<hibernate-mapping><class"), ("Other.hbm.xml", "<nothing/>"))));

    [Fact]
    public void Catalogs_and_holes_are_no_tables_and_numbered_migrations_are_set_apart()
    {
        var code = Some.Files(
            ("a.cs", """class A { void M() { Run("SELECT * FROM sys.tables"); Run("SELECT name FROM sqlite_master"); Run("SELECT 1 FROM information_schema.columns c JOIN orders o ON o.id = c.id"); Run("DELETE FROM \"{0}\" WHERE Id = 1"); } void Run(string s) { } }"""),
            ("m.cs", """[Migration(12)] public class Twelve : ShopMigrationBase { void Up() { Run("UPDATE old_orders SET a = 1"); } void Run(string s) { } } public class Order12 { public int Id { get; set; } }"""));
        Assert.Equal(["orders"], code.Tables.Select(t => t.Name));
        Assert.Equal(["a.cs Source", "m.cs Migration"], code.Files.Select(f => $"{f.Path} {f.Kind}"));
    }

    [Fact]
    public void A_namespace_that_has_the_name_of_an_entity_does_not_hide_it() =>
        Assert.Equal(["Customer customers EfCore"], Tables(Some.Files(
            ("Customer/Customer.csproj", Some.Library), ("Customer/C.cs", "namespace Shop.Customer { public class Thing { } }"),
            ("Orders/Orders.csproj", Some.Library), ("Orders/O.cs", "namespace Shop.Orders.Domain { public class Customer { public int Id { get; set; } } }"),
            ("Orders/M.cs", """
                using Microsoft.EntityFrameworkCore; using Microsoft.EntityFrameworkCore.Metadata.Builders; using Shop.Orders.Domain;
                namespace Shop.Orders.Data;
                public class CustomerMap : IEntityTypeConfiguration<Customer> { public void Configure(EntityTypeBuilder<Customer> b) { b.ToTable("customers"); } }
                """))));
}
