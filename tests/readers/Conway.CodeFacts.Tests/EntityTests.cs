namespace Conway.CodeFacts;

public sealed class EntityTests
{
    private const string Head = "using System; using System.Collections.Generic; using Microsoft.EntityFrameworkCore; using Microsoft.EntityFrameworkCore.Metadata.Builders; using System.ComponentModel.DataAnnotations.Schema;\n";

    /// <summary><c>Order sales.Orders by Mapping in Db</c>, with the owner and the base where there are some.</summary>
    private static string[] Entities(Codebase code) =>
        [.. code.Entities.Select(e => $"{code.Types[e.Type].Name} {code.Tables[e.Table]} by {e.NamedBy} in {string.Join(',', e.Contexts.Select(c => code.Types[code.Contexts[c].Type].Name))}"
            + (e.Owner < 0 ? "" : $" owned by {code.Types[code.Entities[e.Owner].Type].Name}") + (e.BaseEntity < 0 ? "" : $" as {code.Types[code.Entities[e.BaseEntity].Type].Name}"))];

    private static string[] Relations(Codebase code) =>
        [.. code.Relations.Select(r => $"{code.Types[code.Entities[r.From].Type].Name} -> {code.Types[code.Entities[r.To].Type].Name} {r.Property} {r.Kind}{(r.IsInferred ? " inferred" : "")}")];

    [Fact]
    public void A_set_of_a_context_is_an_entity_and_names_its_table()
    {
        var code = Some.Code(Head + """
            class Order { public int Id { get; set; } }
            class Db : DbContext { public DbSet<Order> Orders { get; set; } }
            """);
        Assert.Equal(["Order Orders by Convention in Db"], Entities(code));
        Assert.Equal(["Db"], code.Contexts.Select(c => code.Types[c.Type].Name));
        Assert.Equal(("a.cs:3", StoreAccess.EfCore), (code.At(code.Entities[0].Place), code.Entities[0].Found));
    }

    [Fact]
    public void A_list_beside_a_set_and_a_set_of_another_library_are_no_entities() =>
        Assert.Empty(Some.Code(Head + """
            class Order { public int Id { get; set; } }
            class Lines { public List<Order> Orders { get; set; } public HashSet<Order> Others { get; set; } public ISet<Order> More { get; set; } }
            class OrderDbContext { public IEnumerable<Order> Orders { get; set; } }
            """).Entities);

    [Fact]
    public void The_mapping_goes_before_the_attribute_and_the_attribute_before_the_set()
    {
        var code = Some.Code(Head + """
            [Table("a_by_attribute", Schema = "s")] class A { public int Id { get; set; } }
            [Table("b_by_attribute")] class B { public int Id { get; set; } }
            class C { public int Id { get; set; } }
            class Db : DbContext
            {
                public DbSet<A> As => Set<A>(); public DbSet<B> Bs => Set<B>(); public DbSet<C> Cs => Set<C>();
                protected override void OnModelCreating(ModelBuilder model)
                {
                    model.HasDefaultSchema("shop");
                    model.Entity<B>().ToTable("b_by_mapping");
                    model.Entity<C>(c => { c.HasKey(x => x.Id); c.ToTable("c_by_mapping", Schemas.Own); });
                }
            }
            static class Schemas { public const string Own = "o" + "wn"; }
            """);
        Assert.Equal(["A s.a_by_attribute by Attribute in Db", "B shop.b_by_mapping by Mapping in Db", "C own.c_by_mapping by Mapping in Db"], Entities(code));
        Assert.Equal("shop", Assert.Single(code.Contexts).Schema);
    }

    [Fact]
    public void A_class_that_maps_an_entity_belongs_to_the_context_that_applies_it()
    {
        var code = Some.Code(Head + """
            class Order { public int Id { get; set; } } class Bill { public int Id { get; set; } }
            class OrderMap : IEntityTypeConfiguration<Order> { public void Configure(EntityTypeBuilder<Order> b) { b.ToTable("orders").HasComment("x"); b.HasComment("y").ToTable("no"); } }
            class BillMap : IEntityTypeConfiguration<Bill> { public void Configure(EntityTypeBuilder<Bill> b) => b.ToView("v_bills", "bill"); }
            class Orders : DbContext { protected override void OnModelCreating(ModelBuilder m) => m.ApplyConfiguration(new OrderMap()); }
            class Bills : DbContext { protected override void OnModelCreating(ModelBuilder m) => m.ApplyConfigurationsFromAssembly(typeof(Bills).Assembly); }
            """);
        Assert.Equal(["Bill bill.v_bills by Mapping in Bills", "Order orders by Mapping in Orders"], Entities(code));
        Assert.Equal(StoreTableKind.View, code.Tables[code.Entities[0].Table].Kind);
    }

    [Fact]
    public void What_an_entity_refers_to_is_an_entity_if_it_has_a_key()
    {
        var code = Some.Code(Head + """
            enum Status { Open }
            class Money { public decimal Amount { get; set; } }
            class Line { public int Id { get; set; } public Order Order { get; set; } }
            class Buyer { public int BuyerId { get; set; } }
            class Note { public int Id { get; set; } }
            class Secret { public int Id { get; set; } }
            class Order
            {
                public int Id { get; set; } public Status Status { get; set; } public Money Total { get; set; } public List<Line> Lines { get; } = [];
                public Buyer? Buyer { get; set; } [NotMapped] public Note Note { get; set; } public Secret Secret { get; set; }
            }
            class Db : DbContext { public DbSet<Order> Orders { get; set; } protected override void OnModelCreating(ModelBuilder m) => m.Ignore<Secret>(); }
            """);
        Assert.Equal(["Buyer Buyer by Convention in Db", "Line Line by Convention in Db", "Order Orders by Convention in Db"], Entities(code));
        Assert.Equal(["Line -> Order Order Reference", "Order -> Buyer Buyer Reference", "Order -> Line Lines Collection"], Relations(code));
    }

    [Fact]
    public void A_key_without_a_navigation_is_a_relation_that_follows_from_its_name()
    {
        var code = Some.Code(Head + """
            class Customer { public int Id { get; set; } }
            class Order { public int Id { get; set; } public int CustomerId { get; set; } public int BillingCustomerId { get; set; } public int ExternalId { get; set; } public int OrderId { get; set; } }
            class Visit { public int Id { get; set; } public int CustomerId { get; set; } public Customer Customer { get; set; } }
            class Row { public int CustomerId { get; set; } }
            class Db : DbContext { public DbSet<Order> Orders { get; set; } public DbSet<Customer> Customers { get; set; } public DbSet<Visit> Visits { get; set; } }
            """);
        Assert.Equal(["Order -> Customer BillingCustomerId Key inferred", "Order -> Customer CustomerId Key inferred", "Visit -> Customer Customer Reference"], Relations(code));
    }

    [Fact]
    public void A_key_that_is_mapped_without_a_navigation_is_a_relation()
    {
        var code = Some.Code(Head + """
            class Customer { public int Id { get; set; } } class Order { public int Id { get; set; } public int Who { get; set; } }
            class Map : IEntityTypeConfiguration<Order> { public void Configure(EntityTypeBuilder<Order> b) => b.HasOne<Customer>().WithMany().HasForeignKey(o => o.Who).OnDelete(DeleteBehavior.Restrict); }
            class Db : DbContext { }
            """);
        Assert.Equal(["Customer Customer by Convention in Db", "Order Order by Convention in Db"], Entities(code));
        Assert.Equal(["Order -> Customer Who Key"], Relations(code));
    }

    [Fact]
    public void What_is_owned_lies_in_the_table_of_its_owner_or_in_its_own()
    {
        var code = Some.Code(Head + """
            class Address { public string City { get; set; } } class Line { public string Text { get; set; } } class Tag { public string Text { get; set; } }
            class Order { public int Id { get; set; } public Address To { get; set; } private List<Line> _lines; public List<Tag> Tags { get; set; } }
            class Map : IEntityTypeConfiguration<Order>
            {
                public void Configure(EntityTypeBuilder<Order> b)
                {
                    b.ToTable("orders", "sales");
                    b.OwnsOne(o => o.To, a => { a.Property(x => x.City).HasColumnName("city"); });
                    b.OwnsMany<Line>("_lines", l => { l.WithOwner().HasForeignKey("OrderId"); l.ToTable("lines", "sales"); });
                    b.OwnsMany(o => o.Tags);
                }
            }
            class Db : DbContext { }
            """);
        Assert.Equal(
            ["Address sales.orders by Shared in Db owned by Order", "Line sales.lines by Mapping in Db owned by Order", "Order sales.orders by Mapping in Db", "Tag sales.Order_Tags by Convention in Db owned by Order"], Entities(code));
        Assert.Equal(["Order -> Address To Owned", "Order -> Line _lines Owned", "Order -> Tag Tags Owned"], Relations(code));
    }

    [Fact]
    public void Complex_and_converted_values_are_no_entities()
    {
        var code = Some.Code(Head + """
            class Id1 { public int Id { get; set; } } class Money { public int Id { get; set; } } class Place { public int Id { get; set; } } [Owned] class Name { public int Id { get; set; } }
            class Order { public int Id { get; set; } public Id1 Key { get; set; } public Money Total { get; set; } public Place At { get; set; } public Name Name { get; set; } }
            class Db : DbContext
            {
                public DbSet<Order> Orders { get; set; }
                protected override void ConfigureConventions(ModelConfigurationBuilder c) { c.ComplexProperties<Place>(); }
                protected override void OnModelCreating(ModelBuilder m) { m.Entity<Order>().Property(o => o.Key).HasConversion(x => x.Id, x => null); m.Entity<Order>().ComplexProperty(o => o.Total); }
            }
            """);
        Assert.Equal(["Order Orders by Convention in Db"], Entities(code));
    }

    [Fact]
    public void A_derived_entity_shares_the_table_of_its_base_unless_it_has_its_own()
    {
        var code = Some.Code(Head + """
            abstract class EntityBase { public int Id { get; set; } }
            class Pay : EntityBase { } class Card : Pay { } class Cash : Pay { } class Unmapped : Pay { }
            class Db : DbContext
            {
                public DbSet<Pay> Payments { get; set; } public DbSet<Cash> Cash { get; set; }
                protected override void OnModelCreating(ModelBuilder m) { m.Entity<Pay>().HasDiscriminator<string>("kind").HasValue<Card>("card"); m.Entity<Cash>().ToTable("cash"); }
            }
            """);
        Assert.Equal(["Card Payments by Shared in Db as Pay", "Cash cash by Mapping in Db", "Pay Payments by Convention in Db"], Entities(code));
    }

    [Fact]
    public void Sets_of_an_interface_and_of_a_base_belong_to_the_contexts_that_have_them()
    {
        var code = Some.Code(Head + """
            class Order { public int Id { get; set; } } class User { public int Id { get; set; } }
            interface IDb { DbSet<Order> Orders { get; } }
            abstract class Basis : DbContext { public DbSet<User> Users { get; set; } }
            class Db : Basis, IDb { public DbSet<Order> Orders { get; set; } } class Other : Basis { }
            """);
        Assert.Equal(["Order Orders by Convention in Db", "User Users by Convention in Db,Other"], Entities(code));
        Assert.Equal(["Db", "Other"], code.Contexts.Select(c => code.Types[c.Type].Name));
    }

    [Fact]
    public void The_snapshot_of_the_migrations_tells_names_that_only_a_run_would_tell()
    {
        var code = Some.Files(
            ("Migrations/Snapshot.cs", """
                class Snapshot : ModelSnapshot
                {
                    protected override void BuildModel(ModelBuilder modelBuilder)
                    {
                        modelBuilder.Entity("Shop.Order", b => { b.Property<int>("Id"); b.ToTable("tbl_order", "sales"); });
                        modelBuilder.Entity("Shop.Gone", b => { b.ToTable("gone"); });
                    }
                }
                """),
            ("a.cs", Head + "namespace Shop { class Order { public int Id { get; set; } } class Db : DbContext { public DbSet<Order> Orders { get; set; } } }"));
        Assert.Equal(["Order sales.tbl_order by Snapshot in Db"], Entities(code));
        Assert.Equal("Migrations/Snapshot.cs:5", code.At(Assert.Single(code.Tables).Place));
    }

    [Fact]
    public void Snake_case_is_kept_where_it_is_asked_for()
    {
        var code = Some.Code(Head + """
            class OrderLine { public int Id { get; set; } } class HTTPCall { public int Id { get; set; } }
            class Db : DbContext { public DbSet<OrderLine> OrderLines { get; set; } public DbSet<HTTPCall> HTTPCalls { get; set; } protected override void OnConfiguring(DbContextOptionsBuilder o) => o.UseSnakeCaseNamingConvention(); }
            """);
        Assert.Equal(["http_calls", "order_lines"], code.Tables.Select(t => t.Name));
    }

    [Fact]
    public void Entity_Framework_6_names_tables_by_the_plural_of_the_type()
    {
        var code = Some.Code("""
            using System.Data.Entity; using System.Data.Entity.ModelConfiguration;
            class Category { public int Id { get; set; } } class Order { public int Id { get; set; } }
            class Db : DbContext { public DbSet<Category> Cats { get; set; } public IDbSet<Order> Orders { get; set; } }
            class OrderMap : EntityTypeConfiguration<Order> { public OrderMap() { ToTable("tOrder"); } }
            """);
        Assert.Equal(["Category Categories by Convention in Db", "Order tOrder by Mapping in Db"], Entities(code));
        Assert.All(code.Entities, e => Assert.Equal(StoreAccess.Ef6, e.Found));
    }

    [Fact]
    public void A_type_that_each_context_keeps_in_its_own_table_is_an_entity_for_each()
    {
        var code = Some.Code(Head + """
            class Outbox { public int Id { get; set; } }
            class AMap : IEntityTypeConfiguration<Outbox> { public void Configure(EntityTypeBuilder<Outbox> b) => b.ToTable("Outbox", "a"); }
            class BMap : IEntityTypeConfiguration<Outbox> { public void Configure(EntityTypeBuilder<Outbox> b) => b.ToTable("Outbox", "b"); }
            class A : DbContext { public DbSet<Outbox> Outbox { get; set; } protected override void OnModelCreating(ModelBuilder m) => m.ApplyConfiguration(new AMap()); }
            class B : DbContext { public DbSet<Outbox> Outbox { get; set; } protected override void OnModelCreating(ModelBuilder m) => m.ApplyConfiguration(new BMap()); }
            """);
        Assert.Equal(["Outbox a.Outbox by Mapping in A", "Outbox b.Outbox by Mapping in B"], Entities(code));
        Assert.Equal([0, 1], code.Contexts.Select(c => Assert.Single(c.Entities)));
    }
}
