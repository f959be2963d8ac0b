using Microsoft.Data.Sqlite;

namespace Shop.Catalog.Storage;

/// <summary>Makes the store and fills it, once. Replicas that start together wait for the one that came first.</summary>
internal sealed class SeedAtStart(CatalogDb db) : IHostedService
{
    private const string Schema = """
        CREATE TABLE products (id TEXT PRIMARY KEY, name TEXT NOT NULL, category TEXT NOT NULL, description TEXT NOT NULL, price_cents INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX products_by_category ON products (category, id);
        CREATE TABLE revision (value INTEGER NOT NULL);
        INSERT INTO revision VALUES (1);
        PRAGMA user_version = 1;
        """;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        using var connection = db.Open();
        Execute(connection, "PRAGMA journal_mode = WAL");
        if (Version(connection) > 0)
            return Task.CompletedTask;

        using var transaction = connection.BeginTransaction();
        if (Version(connection, transaction) == 0)
        {
            Execute(connection, Schema, transaction);
            Fill(connection, transaction);
        }

        transaction.Commit();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void Fill(SqliteConnection connection, SqliteTransaction transaction)
    {
        using var insert = new SqliteCommand("INSERT INTO products VALUES ($id, $name, $category, $description, $price)", connection, transaction);
        var (id, name, category) = (insert.Parameters.Add("$id", SqliteType.Text), insert.Parameters.Add("$name", SqliteType.Text), insert.Parameters.Add("$category", SqliteType.Text));
        var (description, price) = (insert.Parameters.Add("$description", SqliteType.Text), insert.Parameters.Add("$price", SqliteType.Integer));
        foreach (var product in ProductRange.All())
        {
            (id.Value, name.Value, category.Value) = (product.Id, product.Name, product.Category);
            (description.Value, price.Value) = (product.Description, product.PriceCents);
            insert.ExecuteNonQuery();
        }
    }

    private static long Version(SqliteConnection connection, SqliteTransaction? transaction = null)
    {
        using var command = new SqliteCommand("PRAGMA user_version", connection, transaction);
        return (long)command.ExecuteScalar()!;
    }

    private static void Execute(SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using var command = new SqliteCommand(sql, connection, transaction);
        command.ExecuteNonQuery();
    }
}
