namespace Conway.Artifacts.Tests;

/// <summary>Databases and roles, made by the generated scripts in a real PostgreSQL.</summary>
public sealed class PostgresRolesTests(Postgres server) : IClassFixture<Postgres>
{
    // Every test has names of its own, because roles belong to the whole server.
    private const string Stores = """
        conway: 1
        system: shop
        database: postgresql
        deploy: { registry: ghcr.io/acme, version: 1.0.0 }
        services:
          KEY-orders: { command: a, owns: { KEY-orders-db: {}, KEY-shared: { engine: postgresql }, KEY-seen: { engine: redis }, KEY-file: { engine: sqlite } } }
          KEY-billing: { command: a, owns: { KEY-shared: {} } }
          KEY-orders-db-owner: { command: a, owns: [KEY-select] }
        """;

    [Theory, InlineData("one", "owner"), InlineData("two", "admin")]
    public async Task Each_service_uses_its_own_stores_and_no_others_whoever_ran_the_script(string key, string by)
    {
        await server.SqlAsync("postgres", "SELECT 'CREATE ROLE admin LOGIN CREATEDB CREATEROLE' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'admin') \\gexec");
        var files = Some.Written("engines", Some.Model(Stores.Replace("KEY", key, StringComparison.Ordinal)));
        Assert.Equal([$"engines/postgresql/{key}-orders-db.sql", $"engines/postgresql/{key}-select.sql", $"engines/postgresql/{key}-shared.sql"], files.Keys.Order(StringComparer.Ordinal));
        await RunAllAsync(files, by);

        // What it makes belongs to the store.
        await server.SqlAsync($"{key}-orders-db", "CREATE TABLE orders (id int PRIMARY KEY); INSERT INTO orders VALUES (1);", "-U", $"{key}-orders");
        Assert.NotEqual($"{key}-orders", await server.SqlAsync($"{key}-orders-db", "SELECT tableowner FROM pg_tables WHERE tablename = 'orders'"));
        Assert.Equal("1min", await server.SqlAsync($"{key}-orders-db", "SHOW idle_in_transaction_session_timeout", "-U", $"{key}-orders"));

        // Both services of a shared store change what either has made.
        await server.SqlAsync($"{key}-shared", "CREATE TABLE notes (id int);", "-U", $"{key}-orders");
        await server.SqlAsync($"{key}-shared", "ALTER TABLE notes ADD COLUMN text text; INSERT INTO notes VALUES (1, 'x');", "-U", $"{key}-billing");

        // Nobody else comes in, not even to look.
        await server.SqlAsync("postgres", $"CREATE ROLE \"{key}-stranger\" LOGIN");
        foreach (var (database, role) in new[] { ("orders-db", "billing"), ("orders-db", "stranger"), ("orders-db", "orders-db-owner"), ("shared", "stranger"), ("select", "orders") })
        {
            var (code, _, errors) = await server.RunAsync($"{key}-{database}", "SELECT 1", "-U", $"{key}-{role}");
            Assert.True(code != 0 && errors.Contains("permission denied for database", StringComparison.Ordinal), $"{role} in {database}: {errors}");
        }

        // Nobody signs in as the owner of a store.
        var owner = await server.SqlAsync($"{key}-orders-db", "SELECT tableowner FROM pg_tables WHERE tablename = 'orders'");
        Assert.Contains("not permitted to log in", (await server.RunAsync($"{key}-orders-db", "SELECT 1", "-U", owner)).Errors, StringComparison.Ordinal);

        // Once more changes nothing.
        await RunAllAsync(files, by);
        Assert.Equal("1", await server.SqlAsync($"{key}-orders-db", "SELECT count(*) FROM orders", "-U", $"{key}-orders"));
    }

    [Fact]
    public async Task A_password_is_set_when_one_is_given_and_stands_in_no_file()
    {
        var files = Some.Written("engines", Some.Model(Stores.Replace("KEY", "three", StringComparison.Ordinal)));
        await RunAllAsync(files, "owner");
        Assert.Equal("f", await HasPasswordAsync());
        Assert.Equal(0, (await server.RunAsync("postgres", files["engines/postgresql/three-orders-db.sql"].Text, "-v", "three_orders_password=it's; -- a 'secret'")).Code);
        Assert.Equal("t", await HasPasswordAsync());

        // Running it without one leaves it.
        await RunAllAsync(files, "owner");
        Assert.Equal("t", await HasPasswordAsync());

        Task<string> HasPasswordAsync() => server.SqlAsync("postgres", "SELECT rolpassword IS NOT NULL FROM pg_authid WHERE rolname = 'three-orders'");
    }

    [Fact]
    public void The_head_is_a_comment_of_SQL_and_tells_an_edit()
    {
        var text = Some.Written("engines", Some.Model(Stores.Replace("KEY", "four", StringComparison.Ordinal)), environment: "production")["engines/postgresql/four-shared.sql"].Text;
        Assert.StartsWith("-- conway:generated engines/postgresql/four-shared.sql env=production seal=", text, StringComparison.Ordinal);
        Assert.True(FileHead.IsUnedited(text));
        Assert.False(FileHead.IsUnedited(text.Replace("60s", "90s", StringComparison.Ordinal)));
    }

    private async Task RunAllAsync(Dictionary<string, WrittenFile> files, string by)
    {
        foreach (var file in files.Values.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            var (code, _, errors) = await server.RunAsync("postgres", file.Text, "-U", by);
            Assert.True(code == 0, $"{file.Path}: {errors}");
        }
    }
}
