using Shop.Basket.Lines;
using Shop.Sqlite;

namespace Shop.Basket;

/// <summary>Baskets and their lines. A basket that nobody touched for a month is forgotten.</summary>
internal sealed class BasketDb(Store store, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private static readonly string[] Schema =
    [
        """
        CREATE TABLE baskets (id TEXT PRIMARY KEY, touched_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX baskets_by_touch ON baskets (touched_at);
        CREATE TABLE lines (
            basket TEXT NOT NULL REFERENCES baskets (id) ON DELETE CASCADE, product TEXT NOT NULL, name TEXT NOT NULL,
            quantity INTEGER NOT NULL, price_cents INTEGER NOT NULL, PRIMARY KEY (basket, product)) WITHOUT ROWID;
        """,
        "ALTER TABLE lines RENAME TO basket_lines",
    ];

    public BasketDb Migrate()
    {
        store.Migrate(Schema);
        return this;
    }

    /// <summary>A new basket's id: it is also what lets one see it, so it cannot be guessed.</summary>
    public string Create()
    {
        var id = "b-" + Guid.NewGuid().ToString("N");
        store.Write(db =>
        {
            db.Execute("DELETE FROM baskets WHERE touched_at < $old", ("$old", (time.GetUtcNow() - Kept).ToUnixTimeSeconds()));
            db.Execute("INSERT INTO baskets VALUES ($id, $now)", ("$id", id), ("$now", Now()));
        });
        return id;
    }

    public bool Exists(string id) => store.Read(db => db.Number("SELECT COUNT(*) FROM baskets WHERE id = $id", ("$id", id))) > 0;

    public IReadOnlyList<BasketLine> Lines(string id) => store.Read(db => db.Query(
        "SELECT product, name, quantity, price_cents FROM basket_lines WHERE basket = $id ORDER BY name",
        row => new BasketLine(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3)),
        ("$id", id)));

    public void Put(string id, BasketLine line) => store.Write(db =>
    {
        db.Execute(
            "INSERT OR REPLACE INTO basket_lines VALUES ($id, $product, $name, $quantity, $price)",
            ("$id", id), ("$product", line.Product), ("$name", line.Name), ("$quantity", line.Quantity), ("$price", line.PriceCents));
        Touch(db, id);
    });

    public void Remove(string id, string product) => store.Write(db =>
    {
        db.Execute("DELETE FROM basket_lines WHERE basket = $id AND product = $product", ("$id", id), ("$product", product));
        Touch(db, id);
    });

    public void Delete(string id) => store.Write(db => db.Execute("DELETE FROM baskets WHERE id = $id", ("$id", id)));

    private void Touch(Session db, string id) =>
        db.Execute("UPDATE baskets SET touched_at = $now WHERE id = $id", ("$now", Now()), ("$id", id));

    private long Now() => time.GetUtcNow().ToUnixTimeSeconds();
}
