using Conway.CodeFacts.Sql;

namespace Conway.CodeFacts;

public sealed class SqlReaderTests
{
    /// <summary><c>UPDATE r:a w:b j:a-b</c>, statements divided by a bar.</summary>
    private static string Shown(string sql) => string.Join(" | ", SqlReader.Read(sql).Select(s =>
        s.Verb + (s.Reads.Count > 0 ? " r:" + string.Join(',', s.Reads) : "") + (s.Writes.Count > 0 ? " w:" + string.Join(',', s.Writes) : "")
        + (s.Joins.Count > 0 ? " j:" + string.Join(',', s.Joins.Select(j => $"{j.Left}-{j.Right}")) : "")));

    [Theory]
    [InlineData("SELECT * FROM Orders", "SELECT r:Orders")]
    [InlineData("select id, name from orders o where o.id = @id", "SELECT r:orders")]
    [InlineData("SELECT o.* FROM [sales].[Orders] AS o WITH (NOLOCK) INNER JOIN dbo.Lines l ON l.OrderId = o.Id LEFT JOIN \"Items\" i ON 1=1", "SELECT r:sales.Orders,dbo.Lines,Items j:sales.Orders-dbo.Lines,sales.Orders-Items")]
    [InlineData("SELECT * FROM Orders o, Lines l WHERE o.Id = l.OrderId", "SELECT r:Orders,Lines j:Orders-Lines")]
    [InlineData("SELECT * FROM `shop`.`orders` LIMIT 1", "SELECT r:shop.orders")]
    [InlineData("SELECT * FROM db.sales.Orders", "SELECT r:sales.Orders")]
    [InlineData("SELECT * FROM db..Orders", "SELECT r:Orders")]
    [InlineData("SELECT (SELECT COUNT(*) FROM Lines) FROM Orders WHERE EXISTS (SELECT 1 FROM Notes)", "SELECT r:Lines,Orders,Notes")]
    [InlineData("SELECT * FROM (SELECT * FROM Orders) x JOIN Lines ON 1=1", "SELECT r:Orders,Lines j:Orders-Lines")]
    [InlineData("SELECT * FROM A UNION ALL SELECT * FROM B JOIN C ON 1=1", "SELECT r:A,B,C j:B-C")]
    [InlineData("WITH open AS (SELECT * FROM Orders), x (a) AS (SELECT 1) SELECT * FROM open JOIN x ON 1=1 JOIN Lines ON 1=1", "SELECT r:Orders,Lines j:Orders-Lines")]
    [InlineData("WITH RECURSIVE t AS (SELECT * FROM Nodes UNION SELECT * FROM t) DELETE FROM Nodes USING t", "DELETE w:Nodes")]
    [InlineData("SELECT EXTRACT(YEAR FROM placed), TRIM(BOTH ' ' FROM name) FROM orders WHERE a IS DISTINCT FROM b", "SELECT r:orders")]
    [InlineData("SELECT * FROM fn_Orders(1) f JOIN Lines l ON 1=1", "SELECT r:Lines")]
    [InlineData("SELECT * FROM Orders (NOLOCK) WHERE 1=1", "SELECT r:Orders")]
    [InlineData("SELECT * FROM Orders FOR UPDATE", "SELECT r:Orders")]
    [InlineData("SELECT Id INTO #t FROM Orders; SELECT * FROM #t", "SELECT r:Orders")]
    [InlineData("SELECT Id INTO Copy FROM Orders", "SELECT r:Orders w:Copy")]
    [InlineData("INSERT INTO Orders (Id, Total) VALUES (@Id, @Total)", "INSERT w:Orders")]
    [InlineData("INSERT INTO Orders(Id) SELECT Id FROM Carts c JOIN Users u ON 1=1", "INSERT r:Carts,Users w:Orders j:Carts-Users")]
    [InlineData("insert into orders (id) values (1) on conflict (id) do update set total = 1 returning id", "INSERT w:orders")]
    [InlineData("INSERT Orders (Id) VALUES (1)", "INSERT w:Orders")]
    [InlineData("REPLACE INTO Orders VALUES (1)", "INSERT w:Orders")]
    [InlineData("UPDATE Orders SET Total = REPLACE(Total, 'a', 'b') WHERE Id IN (SELECT OrderId FROM Lines)", "UPDATE r:Lines w:Orders")]
    [InlineData("UPDATE o SET o.Total = 1 FROM sales.Orders o JOIN Lines l ON l.OrderId = o.Id", "UPDATE r:Lines w:sales.Orders j:sales.Orders-Lines")]
    [InlineData("UPDATE TOP (10) Orders SET A = 1", "UPDATE w:Orders")]
    [InlineData("DELETE FROM Orders", "DELETE w:Orders")]
    [InlineData("DELETE o FROM Orders o INNER JOIN Users u ON 1=1", "DELETE r:Users w:Orders j:Orders-Users")]
    [InlineData("DELETE Orders WHERE Id = 1", "DELETE w:Orders")]
    [InlineData("MERGE INTO Stock AS t USING Moves AS s ON t.Id = s.Id WHEN MATCHED THEN UPDATE SET t.Q = 1 WHEN NOT MATCHED THEN INSERT (Id) VALUES (1) WHEN NOT MATCHED BY SOURCE THEN DELETE;", "MERGE r:Moves w:Stock j:Stock-Moves")]
    [InlineData("TRUNCATE TABLE Orders", "TRUNCATE w:Orders")]
    [InlineData("EXEC dbo.PlaceOrder @Id = 1", "EXEC")]
    [InlineData("SELECT 1; UPDATE A SET X = 1; DELETE FROM B", "UPDATE w:A | DELETE w:B")]
    [InlineData("DECLARE @x INT; SELECT @x = Id FROM Orders; INSERT INTO Log (A) VALUES (@x)", "SELECT r:Orders | INSERT w:Log")]
    [InlineData("IF EXISTS (SELECT 1 FROM Orders) UPDATE Orders SET A = 1 ELSE INSERT INTO Orders (A) VALUES (1)", "SELECT r:Orders | UPDATE w:Orders | INSERT w:Orders")]
    [InlineData("SELECT '-- FROM Text', \"FROM\" /* FROM Comment */ FROM Orders -- FROM Line", "SELECT r:Orders")]
    [InlineData("SELECT * FROM {}.Orders JOIN [{}].[Lines] ON 1=1", "SELECT r:Orders,Lines j:Orders-Lines")]
    [InlineData("SELECT * FROM {} x JOIN {}Orders y ON 1=1 JOIN Lines ON 1=1", "SELECT r:Lines")]
    [InlineData("SELECT * FROM @rows r JOIN Orders o ON 1=1", "SELECT r:Orders")]
    [InlineData("CREATE TABLE Orders (Id INT REFERENCES Users); SELECT * FROM Lines", "SELECT r:Lines")]
    [InlineData("Select Id, Name From Orders Where Id = @id", "SELECT r:Orders")]
    [InlineData("  \n -- get all\n select\n  id\n from orders\n where id = :id", "SELECT r:orders")]
    [InlineData("SELECT a[1] FROM Orders WHERE b LIKE '[a-z]%'", "SELECT r:Orders")]
    public void Tables_are_found_where_they_stand(string sql, string expected) => Assert.Equal(expected, Shown(sql));

    [Theory]
    [InlineData("Select an item from the list")]
    [InlineData("Select one, two or three from the list")]
    [InlineData("Update the order and set it to done")]
    [InlineData("Delete from cart")]
    [InlineData("delete from cart")]
    [InlineData("Insert the card, then wait.")]
    [InlineData("Selected rows from Orders")]
    [InlineData("SELECTED")]
    [InlineData("With best regards, the team")]
    [InlineData("Set = 3")]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("-- SELECT")]
    [InlineData("/* SELECT")]
    [InlineData("SELECT")]
    [InlineData("Call us (24h), or write.")]
    [InlineData("https://shop/select?from=orders")]
    public void Sentences_are_not_taken_for_statements(string text) => Assert.Equal("", Shown(text));

    [Fact]
    public void Every_beginning_and_end_of_a_statement_is_read()
    {
        const string Sql = "WITH a (x) AS (SELECT [b].'c' FROM d.e f WHERE g IN (1, 2)) MERGE INTO h USING a ON 1 = 1 WHEN MATCHED THEN UPDATE SET i = {} /* j */; INSERT k (l) EXEC m \"n\" -- o";
        for (var i = 0; i <= Sql.Length; i++)
        {
            SqlReader.Read(Sql[..i]);
            SqlReader.Read(Sql[i..]);
        }
    }
}
