using Microsoft.Data.Sqlite;
using Shop.Sqlite;

namespace Shop.Orders;

/// <summary>Orders, and who is working on which.</summary>
internal sealed class OrdersDb(Store store, TimeProvider time)
{
    private static readonly string[] Schema =
    [
        """
        CREATE TABLE orders (
            id TEXT PRIMARY KEY, status TEXT NOT NULL, name TEXT NOT NULL, email TEXT NOT NULL, address TEXT NOT NULL, card TEXT NOT NULL,
            total_cents INTEGER NOT NULL, reason TEXT, tracking TEXT, traceparent TEXT, attempts INTEGER NOT NULL DEFAULT 0,
            due_at INTEGER,             -- when the next step is to be tried; null at the end
            leased_by TEXT,             -- the replica that works on it
            leased_until INTEGER NOT NULL DEFAULT 0,
            idempotency_key TEXT UNIQUE, request_hash TEXT NOT NULL) WITHOUT ROWID;
        CREATE INDEX orders_due ON orders (due_at) WHERE due_at IS NOT NULL;
        CREATE TABLE lines ("order" TEXT NOT NULL, number INTEGER NOT NULL, product TEXT NOT NULL, name TEXT NOT NULL, quantity INTEGER NOT NULL, price_cents INTEGER NOT NULL,
            PRIMARY KEY ("order", number)) WITHOUT ROWID;
        CREATE TABLE history ("order" TEXT NOT NULL, status TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY ("order", status)) WITHOUT ROWID;
        """,
        "ALTER TABLE lines RENAME TO order_lines; ALTER TABLE history RENAME TO order_history",
    ];

    private const string Columns = "id, status, name, email, address, card, total_cents, reason, tracking, traceparent, attempts";

    public OrdersDb Migrate()
    {
        store.Migrate(Schema);
        return this;
    }

    /// <summary>What a key already stands for: the order's id and the hash of the request; null when it is new.</summary>
    public PlacedBefore? FindKey(string key) => store.Read(db => FindKey(db, key));

    /// <summary>Writes the order down, unless another request with the same key was quicker: then that one counts.</summary>
    public PlacedBefore? Place(Order order, string? key, string requestHash) => store.Write(db =>
    {
        if (key is not null && FindKey(db, key) is { } earlier)
            return earlier;
        db.Execute(
            """
            INSERT INTO orders (id, status, name, email, address, card, total_cents, traceparent, due_at, idempotency_key, request_hash)
            VALUES ($id, $status, $name, $email, $address, $card, $total, $traceparent, $now, $key, $hash)
            """,
            ("$id", order.Id), ("$status", order.Status.ToString()), ("$name", order.Customer.Name), ("$email", order.Customer.Email), ("$address", order.Customer.Address),
            ("$card", order.Card), ("$total", order.TotalCents), ("$traceparent", order.Traceparent), ("$now", Now()), ("$key", key), ("$hash", requestHash));
        foreach (var (number, line) in order.Lines.Index())
        {
            db.Execute(
                "INSERT INTO order_lines VALUES ($order, $number, $product, $name, $quantity, $price)",
                ("$order", order.Id), ("$number", number), ("$product", line.Product), ("$name", line.Name), ("$quantity", line.Quantity), ("$price", line.PriceCents));
        }

        Remember(db, order.Id, order.Status);
        return null;
    });

    public Order? Find(string id) => store.Read(db => db.Find($"SELECT {Columns} FROM orders WHERE id = $id", row => ReadOrder(db, row), ("$id", id)));

    public List<(OrderStatus Status, DateTimeOffset At)> History(string id) => store.Read(db => db.Query(
        "SELECT status, at FROM order_history WHERE \"order\" = $id ORDER BY at",
        row => (Enum.Parse<OrderStatus>(row.GetString(0)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))),
        ("$id", id)));

    /// <summary>Takes the order that has been due longest, for a while: nobody else works on it until the lease is over.</summary>
    public Order? Claim(string worker, TimeSpan lease) => store.Write(db => db.Find(
        $"""
        UPDATE orders SET leased_by = $worker, leased_until = $until
        WHERE id = (SELECT id FROM orders WHERE due_at <= $now AND leased_until <= $now ORDER BY due_at LIMIT 1)
        RETURNING {Columns}
        """,
        row => ReadOrder(db, row),
        ("$worker", worker), ("$now", Now()), ("$until", Now() + (long)lease.TotalMilliseconds)));

    /// <summary>Gives back what this replica had taken before it was killed.</summary>
    public int Unclaim(string worker) =>
        store.Write(db => db.Execute("UPDATE orders SET leased_until = 0 WHERE leased_by = $worker AND leased_until > 0", ("$worker", worker)));

    /// <summary>Writes down what a step led to, and gives the order back.</summary>
    /// <param name="order">The order as it is now.</param>
    /// <param name="wait">When to look at it again; null at the end.</param>
    public void Save(Order order, TimeSpan? wait) => store.Write(db =>
    {
        db.Execute(
            "UPDATE orders SET status = $status, reason = $reason, tracking = $tracking, attempts = $attempts, due_at = $due, leased_until = 0 WHERE id = $id",
            ("$id", order.Id), ("$status", order.Status.ToString()), ("$reason", order.Reason), ("$tracking", order.Tracking), ("$attempts", order.Attempts),
            ("$due", wait is { } pause ? Now() + (long)pause.TotalMilliseconds : null));
        Remember(db, order.Id, order.Status);
    });

    private void Remember(Session db, string id, OrderStatus status) =>
        db.Execute("INSERT OR IGNORE INTO order_history VALUES ($id, $status, $now)", ("$id", id), ("$status", status.ToString()), ("$now", Now()));

    private static PlacedBefore? FindKey(Session db, string key) => db.Find(
        "SELECT id, request_hash FROM orders WHERE idempotency_key = $key",
        row => new PlacedBefore(row.GetString(0), row.GetString(1)),
        ("$key", key));

    private static Order ReadOrder(Session db, SqliteDataReader row)
    {
        var id = row.GetString(0);
        var lines = db.Query(
            "SELECT product, name, quantity, price_cents FROM order_lines WHERE \"order\" = $id ORDER BY number",
            line => new OrderLine(line.GetString(0), line.GetString(1), line.GetInt32(2), line.GetInt32(3)),
            ("$id", id));
        return new Order(
            id,
            Enum.Parse<OrderStatus>(row.GetString(1)),
            new Customer(row.GetString(2), row.GetString(3), row.GetString(4)),
            row.GetString(5),
            lines,
            row.GetInt32(6),
            Text(row, 7),
            Text(row, 8),
            Text(row, 9),
            row.GetInt32(10));
    }

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}

/// <summary>The order that an idempotency key stands for, and the hash of the request that placed it.</summary>
internal sealed record PlacedBefore(string Order, string RequestHash);
