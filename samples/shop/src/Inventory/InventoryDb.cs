using Shop.Inventory.Reservations;
using Shop.Inventory.Stock;
using Shop.Sqlite;

namespace Shop.Inventory;

/// <summary>The shelf and what is set aside. A reservation takes its goods off the shelf at once, so two orders never get the same piece.</summary>
internal sealed class InventoryDb(Store store, TimeProvider time)
{
    private static readonly string[] Schema =
    [
        """
        CREATE TABLE stock (product TEXT PRIMARY KEY, on_shelf INTEGER NOT NULL CHECK (on_shelf >= 0), full INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE reservations ("order" TEXT PRIMARY KEY, state TEXT NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX reservations_held ON reservations (expires_at) WHERE state = 'held';
        CREATE TABLE reservation_lines ("order" TEXT NOT NULL, product TEXT NOT NULL, quantity INTEGER NOT NULL, PRIMARY KEY ("order", product)) WITHOUT ROWID;
        """,
    ];

    public InventoryDb Migrate()
    {
        store.Migrate(Schema, Seed);
        return this;
    }

    public List<StockLevel> Levels(IReadOnlyList<string> products)
    {
        (string Name, object? Value)[] values = [.. products.Select((id, i) => ($"$p{i}", (object?)id))];
        return store.Read(db => db.Query(
            $"SELECT product, on_shelf FROM stock WHERE product IN ({string.Join(", ", values.Select(v => v.Name))}) ORDER BY product",
            row => new StockLevel(row.GetString(0), row.GetInt32(1)),
            values));
    }

    /// <summary>Sets all the goods aside, or none and says what is missing.</summary>
    public (Reservation? Reservation, IReadOnlyList<Shortage> Missing) Reserve(string order, IReadOnlyList<ReservationLine> lines, TimeSpan hold) => store.Write(db =>
    {
        ReleaseExpired(db); // what nobody came for counts as there, also between two rounds of the warehouse
        if (Find(db, order) is { State: not "released" } known)
            return ((Reservation?)known, (IReadOnlyList<Shortage>)[]);

        ReservationLine[] wanted = [.. lines.GroupBy(line => line.Product).Select(same => new ReservationLine(same.Key, same.Sum(line => line.Quantity)))];
        var missing = Missing(db, wanted);
        if (missing.Count > 0)
            return (null, missing);

        var expires = time.GetUtcNow() + hold;
        db.Execute("DELETE FROM reservation_lines WHERE \"order\" = $order", ("$order", order));
        db.Execute("INSERT OR REPLACE INTO reservations VALUES ($order, 'held', $expires)", ("$order", order), ("$expires", expires.ToUnixTimeMilliseconds()));
        foreach (var line in wanted)
        {
            db.Execute("UPDATE stock SET on_shelf = on_shelf - $quantity WHERE product = $product", ("$quantity", line.Quantity), ("$product", line.Product));
            db.Execute("INSERT INTO reservation_lines VALUES ($order, $product, $quantity)", ("$order", order), ("$product", line.Product), ("$quantity", line.Quantity));
        }

        return (Find(db, order), []);
    });

    /// <summary>The reservation after the attempt: committed, or released when it came too late; null when there never was one.</summary>
    public Reservation? Commit(string order) => store.Write(db =>
    {
        ReleaseExpired(db);
        db.Execute("UPDATE reservations SET state = 'committed' WHERE \"order\" = $order AND state = 'held'", ("$order", order));
        return Find(db, order);
    });

    public void Release(string order) => store.Write(db =>
    {
        if (Find(db, order) is { State: "held" })
            PutBack(db, order);
    });

    /// <summary>The orders whose reservations were over.</summary>
    public List<string> ReleaseExpired() => store.Write(ReleaseExpired);

    /// <summary>Fills up what has nearly run out; what was never kept (see the seed) stays sold out. What is only held may come back, and is waited for.</summary>
    public int Restock() => store.Write(db => db.Execute(
        "UPDATE stock SET on_shelf = full WHERE on_shelf < full / 10 AND product NOT IN (SELECT l.product FROM reservations r JOIN reservation_lines l ON l.\"order\" = r.\"order\" WHERE r.state = 'held')"));

    private List<string> ReleaseExpired(Session db)
    {
        var expired = db.Query(
            "SELECT \"order\" FROM reservations WHERE state = 'held' AND expires_at <= $now",
            row => row.GetString(0),
            ("$now", time.GetUtcNow().ToUnixTimeMilliseconds()));
        foreach (var order in expired)
            PutBack(db, order);
        return expired;
    }

    private static void PutBack(Session db, string order)
    {
        db.Execute(
            "UPDATE stock SET on_shelf = on_shelf + l.quantity FROM reservation_lines l WHERE l.\"order\" = $order AND l.product = stock.product",
            ("$order", order));
        db.Execute("UPDATE reservations SET state = 'released' WHERE \"order\" = $order", ("$order", order));
    }

    private static List<Shortage> Missing(Session db, ReservationLine[] wanted)
    {
        var missing = new List<Shortage>();
        foreach (var line in wanted)
        {
            var available = (int)db.Number("SELECT on_shelf FROM stock WHERE product = $product", ("$product", line.Product));
            if (available < line.Quantity)
                missing.Add(new Shortage(line.Product, line.Quantity, available));
        }

        return missing;
    }

    private static Reservation? Find(Session db, string order) => db.Find(
        "SELECT \"order\", state, expires_at FROM reservations WHERE \"order\" = $order",
        row => new Reservation(row.GetString(0), row.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2))),
        ("$order", order));

    // One thousand products as the catalog numbers them; every 97th is sold out and stays so, so that this case is there to be seen.
    private static void Seed(Session db)
    {
        for (var number = 1; number <= 1000; number++)
        {
            var full = number % 97 == 0 ? 0 : 20 + number * 31 % 60;
            db.Execute("INSERT INTO stock VALUES ($product, $full, $full)", ("$product", $"p-{number:0000}"), ("$full", full));
        }
    }
}
