using Microsoft.Data.Sqlite;
using Shop.Catalog.Products;
using Shop.Sqlite;

namespace Shop.Catalog.Storage;

/// <summary>The catalog's own store.</summary>
internal sealed class CatalogDb(Store store)
{
    private static readonly string[] Schema =
    [
        """
        CREATE TABLE products (id TEXT PRIMARY KEY, name TEXT NOT NULL, category TEXT NOT NULL, description TEXT NOT NULL, price_cents INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX products_by_category ON products (category, id);
        CREATE TABLE revision (value INTEGER NOT NULL);
        INSERT INTO revision VALUES (1);
        """,
    ];

    private const string Columns = "SELECT id, name, category, description, price_cents FROM products";

    public CatalogDb Migrate()
    {
        store.Migrate(Schema, Seed);
        return this;
    }

    /// <summary>Grows with each change of any product.</summary>
    public long Revision() => store.Read(db => db.Number("SELECT value FROM revision"));

    /// <summary>Products in the order of their ids, after the given one.</summary>
    public List<Product> List(string? search, string? category, string after, int limit) => store.Read(db => db.Query(
        $"{Columns} WHERE id > $after AND ($category IS NULL OR category = $category) AND ($search IS NULL OR name LIKE $search ESCAPE '\\') ORDER BY id LIMIT $limit",
        ReadProduct,
        ("$after", after),
        ("$category", string.IsNullOrEmpty(category) ? null : category),
        ("$search", string.IsNullOrWhiteSpace(search) ? null : $"%{Escape(search.Trim())}%"),
        ("$limit", limit)));

    /// <summary>Those of the ids that exist.</summary>
    public List<Product> Find(IReadOnlyList<string> ids)
    {
        (string Name, object? Value)[] values = [.. ids.Select((id, i) => ($"$id{i}", (object?)id))];
        return store.Read(db => db.Query($"{Columns} WHERE id IN ({string.Join(", ", values.Select(v => v.Name))}) ORDER BY id", ReadProduct, values));
    }

    public IReadOnlyList<Category> Categories() => store.Read(db => db.Query(
        "SELECT category, COUNT(*) FROM products GROUP BY category ORDER BY category",
        row => new Category(row.GetString(0), row.GetInt32(1))));

    private static void Seed(Session db)
    {
        foreach (var product in ProductRange.All())
        {
            db.Execute(
                "INSERT INTO products VALUES ($id, $name, $category, $description, $price)",
                ("$id", product.Id), ("$name", product.Name), ("$category", product.Category), ("$description", product.Description), ("$price", product.PriceCents));
        }
    }

    private static Product ReadProduct(SqliteDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt32(4));

    // What people type is text to be found, not a pattern.
    private static string Escape(string text) => text.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_");
}
