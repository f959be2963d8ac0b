using Microsoft.Data.Sqlite;
using Shop.Catalog.Products;

namespace Shop.Catalog.Storage;

/// <summary>The catalog's own store. Connections are pooled by the driver, so one is opened for each use.</summary>
internal sealed class CatalogDb(string connectionString)
{
    private const string Columns = "SELECT id, name, category, description, price_cents FROM products";

    public static CatalogDb FromEnvironment() =>
        new(Environment.GetEnvironmentVariable("CATALOG_DB_CONNECTION") ?? "Data Source=catalog.db");

    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        return connection;
    }

    /// <summary>Grows with each change of any product.</summary>
    public long Revision()
    {
        using var connection = Open();
        using var command = new SqliteCommand("SELECT value FROM revision", connection);
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Products in the order of their ids, after the given one.</summary>
    public List<Product> List(string? search, string? category, string after, int limit)
    {
        using var connection = Open();
        using var command = new SqliteCommand(
            $"{Columns} WHERE id > $after AND ($category IS NULL OR category = $category) AND ($search IS NULL OR name LIKE $search ESCAPE '\\') ORDER BY id LIMIT $limit",
            connection);
        command.Parameters.AddWithValue("$after", after);
        command.Parameters.AddWithValue("$category", string.IsNullOrEmpty(category) ? DBNull.Value : category);
        command.Parameters.AddWithValue("$search", string.IsNullOrWhiteSpace(search) ? DBNull.Value : $"%{Escape(search.Trim())}%");
        command.Parameters.AddWithValue("$limit", limit);
        return Read(command);
    }

    /// <summary>Those of the ids that exist.</summary>
    public List<Product> Find(IReadOnlyList<string> ids)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        for (var i = 0; i < ids.Count; i++)
            command.Parameters.AddWithValue($"$id{i}", ids[i]);
        command.CommandText = $"{Columns} WHERE id IN ({string.Join(", ", Enumerable.Range(0, ids.Count).Select(i => $"$id{i}"))}) ORDER BY id";
        return Read(command);
    }

    public IReadOnlyList<Category> Categories()
    {
        using var connection = Open();
        using var command = new SqliteCommand("SELECT category, COUNT(*) FROM products GROUP BY category ORDER BY category", connection);
        using var reader = command.ExecuteReader();
        var categories = new List<Category>();
        while (reader.Read())
            categories.Add(new Category(reader.GetString(0), reader.GetInt32(1)));
        return categories;
    }

    private static List<Product> Read(SqliteCommand command)
    {
        using var reader = command.ExecuteReader();
        var products = new List<Product>();
        while (reader.Read())
            products.Add(new Product(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetInt32(4)));
        return products;
    }

    // What people type is text to be found, not a pattern.
    private static string Escape(string text) => text.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_");
}
