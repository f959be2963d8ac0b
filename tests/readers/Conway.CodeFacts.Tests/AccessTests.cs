namespace Conway.CodeFacts;

public sealed class AccessTests
{
    private const string Head = """
        using System; using System.Collections.Generic; using System.Linq; using System.Threading.Tasks; using System.Transactions; using System.Data; using Microsoft.EntityFrameworkCore; using Dapper;
        public class Customer { public int Id { get; set; } public string Name { get; set; } }
        public class Line { public int Id { get; set; } public int Count { get; set; } public Order Order { get; set; } }
        public class Order { public int Id { get; set; } public bool Paid { get; set; } public Customer Customer { get; set; } public List<Line> Lines { get; set; } = []; public void Pay() => Paid = true; public Order() { Paid = false; } }
        public class Db : DbContext { public DbSet<Order> Orders { get; set; } public DbSet<Customer> Customers => Set<Customer>(); public DbSet<Line> Lines { get; set; } }

        """;

    /// <summary><c>Go Read Orders:9</c>, with what else is known.</summary>
    private static string[] Accesses(Codebase code) =>
        [.. code.Accesses.Select(a => $"{code.Members[a.Member].Name} {a.Mode} {code.Tables[a.Table]}{(a.InLoop ? " loop" : "")}{(a.IsInferred ? " inferred" : "")}")];

    private static string[] Joins(Codebase code) => [.. code.Joins.Select(j => $"{code.Tables[j.Left]} {code.Tables[j.Right]} {j.Kind}")];

    private static Codebase In(string body) => Some.Code(Head + "class User { async Task Go(Db db, Order given, IDbConnection connection, int id) { " + body + " } }");

    [Theory]
    [InlineData("var a = await db.Orders.Where(o => o.Id == id).ToListAsync();", "Go Read Orders")]
    [InlineData("var a = from o in db.Orders where o.Paid select o.Id;", "Go Read Orders")]
    [InlineData("var a = db.Set<Order>().Find(id);", "Go Read Orders")]
    [InlineData("var a = db.Find<Order>(id);", "Go Read Orders")]
    [InlineData("db.Orders.Add(new Order { Paid = true });", "Go Write Orders")]
    [InlineData("await db.AddAsync(given);", "Go Write Orders")]
    [InlineData("db.RemoveRange(given.Lines);", "Go Write Lines")]
    [InlineData("db.Orders.RemoveRange(db.Orders.Where(o => o.Paid));", "Go Read Orders,Go Write Orders")]
    [InlineData("var set = db.Set<Order>(); set.Remove(given);", "Go Read Orders,Go Write Orders")]
    [InlineData("await db.Orders.Where(o => o.Paid).ExecuteDeleteAsync();", "Go Write Orders")]
    [InlineData("var q = db.Orders.Where(o => o.Paid); await q.ExecuteUpdateAsync(s => s.SetProperty(o => o.Paid, true));", "Go Read Orders,Go Write Orders")]
    [InlineData("db.Entry(given).State = EntityState.Modified;", "Go Write Orders")]
    [InlineData("var s = db.Entry(given).State;", "")]
    [InlineData("var a = await db.Orders.FirstAsync(o => o.Id == id); a.Paid = true;", "Go Read Orders,Go Write Orders")]
    [InlineData("var a = await db.Orders.FindAsync(id) ?? throw new Exception(); a.Id++;", "Go Read Orders,Go Write Orders")]
    [InlineData("foreach (var a in db.Orders.ToList()) { a.Paid = true; }", "Go Read Orders,Go Write Orders loop")]
    [InlineData("given.Paid = true;", "Go Write Orders inferred")]
    [InlineData("given.Lines.Add(new Line());", "Go Write Lines inferred")]
    [InlineData("var a = new Order(); a.Paid = true; a.Lines.Add(new Line()); var b = a; b.Id = 3;", "")]
    [InlineData("var x = given.Paid; var n = given.Lines.Count; if (given.Paid == true) { }", "")]
    [InlineData("var list = new List<Order>(); list.Add(given); list.Remove(given); list.Clear();", "")]
    [InlineData("foreach (var i in new[] { 1, 2 }) { var a = db.Orders.Find(i); }", "Go Read Orders loop")]
    public void Reads_and_writes_are_told_apart(string body, string expected) => Assert.Equal(expected, string.Join(',', Accesses(In(body)).Where(a => a.StartsWith("Go ", StringComparison.Ordinal))));

    [Fact]
    public void An_entity_that_changes_itself_is_written_where_it_does_but_not_while_it_is_made()
    {
        var code = In("");
        Assert.Equal(["Pay Write Orders inferred"], Accesses(code));
        Assert.Equal("a.cs:4", code.At(code.Accesses[0].Place));
    }

    [Theory]
    [InlineData("db.Orders.Include(o => o.Lines).ThenInclude(l => l.Order).ThenInclude(o => o.Customer).ToList();", "Lines Orders Include,Orders Customers Include,Orders Lines Include", "Read Orders,Read Lines,Read Customers")]
    [InlineData("db.Orders.Include(o => o.Lines.Where(l => l.Count > 1)).ToList();", "Orders Lines Include", "Read Orders,Read Lines")]
    [InlineData("db.Orders.Include(\"Lines.Order.Nothing\").ToList();", "Lines Orders Include,Orders Lines Include", "Read Orders,Read Lines,Read Orders")]
    [InlineData("db.Orders.Join(db.Customers, o => o.Id, c => c.Id, (o, c) => c.Name).ToList();", "Orders Customers Join", "Read Orders,Read Customers")]
    [InlineData("var q = from o in db.Orders join c in db.Customers on o.Id equals c.Id select c;", "Orders Customers Join", "Read Orders,Read Customers")]
    [InlineData("var q = db.Orders.Where(o => o.Customer.Name == \"x\");", "Orders Customers Navigation", "Read Orders,Read Customers")]
    [InlineData("var q = db.Orders.Where(o => o.Lines.Any(l => l.Count > 1));", "Orders Lines Navigation", "Read Orders,Read Lines")]
    [InlineData("var n = given.Customer.Name; var x = new List<Order>().Where(o => o.Customer.Name == n).Select(o => o.Lines);", "", "")]
    [InlineData("var q = new List<Order>().Join(new List<Customer>(), o => o.Id, c => c.Id, (o, c) => c.Name);", "", "")]
    public void Queries_that_bring_tables_together_are_joins(string body, string joins, string reads)
    {
        var code = In(body);
        Assert.Equal(joins, string.Join(',', Joins(code).Order(StringComparer.Ordinal)));
        Assert.Equal(reads.Split(',', StringSplitOptions.RemoveEmptyEntries).Distinct().Order(), Accesses(code).Where(a => a.StartsWith("Go ", StringComparison.Ordinal)).Select(a => a[3..]).Distinct().Order());
    }

    [Theory]
    [InlineData("await connection.QueryAsync<Order>(\"SELECT o.* FROM orders o JOIN Lines l ON l.OrderId = o.Id\");", "SELECT r:Lines,Orders w:", "Orders Lines Sql")]
    [InlineData("connection.Execute(\"UPDATE Orders SET Paid = 1 \" + \"WHERE Id IN (SELECT OrderId FROM archive.Old)\" + id);", "UPDATE r:archive.Old w:Orders", "")]
    [InlineData("const string T = \"Lines\"; connection.Execute($\"DELETE FROM [{T}] WHERE Id = {id}\");", "DELETE r: w:Lines", "")]
    [InlineData("db.Database.ExecuteSqlRaw(@\"insert into Orders (Id) values (1)\");", "INSERT r: w:Orders", "")]
    public void Sql_reads_and_writes_tables_of_entities_and_its_own(string body, string statement, string joins)
    {
        var code = In(body);
        Assert.Equal([statement], code.Sql.Select(s => $"{s.Verb} r:{string.Join(',', s.Reads.Select(t => code.Tables[t]))} w:{string.Join(',', s.Writes.Select(t => code.Tables[t]))}"));
        Assert.Equal(joins, string.Join(',', Joins(code)));
        Assert.All(code.Accesses.Where(a => a.Via == StoreAccess.Sql && code.Tables[a.Table].Schema is null), a => Assert.NotEqual(Codebase.None, a.Entity));
    }

    [Fact]
    public void A_sentence_is_no_sql() => Assert.Empty(In("Console.WriteLine(\"Select an order from the list\"); Console.WriteLine($\"Update {id} from customers\");").Sql);

    [Theory]
    [InlineData("db.SaveChanges();", "Save")]
    [InlineData("using var t = await db.Database.BeginTransactionAsync(); await db.SaveChangesAsync(); await t.CommitAsync();", "Begin,Save")]
    [InlineData("using var s = new TransactionScope(); s.Complete();", "Scope")]
    [InlineData("using var t = connection.BeginTransaction(); t.Commit();", "Begin")]
    [InlineData("IUnitOfWork u = null; await u.CommitAsync();", "UnitOfWork")]
    [InlineData("var f = new Form(); f.Commit(); f.Complete();", "")]
    public void Transactions_are_told_by_what_begins_or_saves_them(string body, string expected)
    {
        var code = Some.Code(Head + "interface IUnitOfWork { Task CommitAsync(); } class Form { public void Commit() { } public void Complete() { } } class User { async Task Go(Db db, IDbConnection connection) { " + body + " } }");
        Assert.Equal(expected, string.Join(',', code.Transactions.Select(t => t.Kind)));
    }

    [Fact]
    public void A_generic_repository_does_to_an_entity_what_it_does_to_its_type_parameter()
    {
        var code = Some.Code(Head + """
            public interface IRepository<T> { Task<T> Get(int id); void Add(T entity); IQueryable<T> All(); }
            public class Repository<T>(Db db) : IRepository<T> where T : class
            {
                public async Task<T> Get(int id) => await All().FirstAsync();
                public void Add(T entity) => db.Set<T>().Add(entity);
                public IQueryable<T> All() => db.Set<T>();
            }
            public class Fake : IRepository<Line> { public Task<Line> Get(int id) => null; public void Add(Line entity) { } public IQueryable<Line> All() => null; }
            public interface IOrders : IRepository<Order> { }
            class User(IRepository<Customer> customers, IOrders orders, IRepository<string> others)
            {
                async Task Go() { var c = await customers.Get(1); orders.Add(null); others.Add(""); }
            }
            """);
        Assert.Equal(["Go Read Customers", "Go Write Orders"], Accesses(code).Where(a => a.StartsWith("Go ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Generic_code_that_calls_itself_ends() => Assert.Contains("Go Read Orders", Accesses(Some.Code(Head + """
        class A<T>(Db db) where T : class { public void X() { Y(); } public void Y() { X(); new A<T>(db).X(); db.Set<T>().ToList(); } }
        class User { void Go(Db db) { new A<Order>(db).X(); } }
        """)));
}
