using Microsoft.Data.Sqlite;
using Shop.Payments.Cards;
using Shop.Payments.Charges;
using Shop.Sqlite;

namespace Shop.Payments;

/// <summary>Tokens of cards, and payments. A card's number is never here.</summary>
internal sealed class PaymentsDb(Store store)
{
    private static readonly string[] Schema =
    [
        """
        CREATE TABLE cards (token TEXT PRIMARY KEY, brand TEXT NOT NULL, last4 TEXT NOT NULL, refusal TEXT) WITHOUT ROWID;
        CREATE TABLE payments (
            id TEXT PRIMARY KEY, idempotency_key TEXT NOT NULL UNIQUE, "order" TEXT NOT NULL, amount_cents INTEGER NOT NULL,
            currency TEXT NOT NULL, state TEXT NOT NULL, reason TEXT, card_last4 TEXT NOT NULL) WITHOUT ROWID;
        CREATE INDEX payments_by_order ON payments ("order");
        """,
    ];

    private const string Columns = "SELECT id, \"order\", amount_cents, currency, state, reason, card_last4 FROM payments";

    public PaymentsDb Migrate()
    {
        store.Migrate(Schema);
        return this;
    }

    public void Keep(KeptCard card, string? refusal) => store.Write(db => db.Execute(
        "INSERT INTO cards VALUES ($token, $brand, $last4, $refusal)",
        ("$token", card.Token), ("$brand", card.Brand), ("$last4", card.Last4), ("$refusal", refusal)));

    /// <summary>The payment of this key: a new one, or the one that the key already stands for. Null when there is no such card.</summary>
    /// <param name="refuse">Says why a new payment is refused, given what the bank says of the card; null when it is not.</param>
    public Payment? Charge(string key, ChargeRequest request, Func<ChargeRequest, string?, string?> refuse) => store.Write(db =>
    {
        if (db.Find($"{Columns} WHERE idempotency_key = $key", ReadPayment, ("$key", key)) is { } known)
            return known;
        var card = db.Find(
            "SELECT last4, refusal FROM cards WHERE token = $token",
            row => new { Last4 = row.GetString(0), Refusal = Text(row, 1) },
            ("$token", request.Card));
        if (card is null)
            return null;

        var reason = refuse(request, card.Refusal);
        var payment = new Payment(
            "pay_" + Guid.NewGuid().ToString("N"), request.Order!, request.AmountCents, request.Currency!, reason is null ? "captured" : "refused", reason, card.Last4);
        db.Execute(
            "INSERT INTO payments VALUES ($id, $key, $order, $amount, $currency, $state, $reason, $last4)",
            ("$id", payment.Id), ("$key", key), ("$order", payment.Order), ("$amount", payment.AmountCents),
            ("$currency", payment.Currency), ("$state", payment.State), ("$reason", payment.Reason), ("$last4", payment.CardLast4));
        return payment;
    });

    /// <summary>The payments of the order that are refunded now.</summary>
    public List<Payment> Refund(string order) => store.Write(db =>
    {
        db.Execute("UPDATE payments SET state = 'refunded' WHERE \"order\" = $order AND state = 'captured'", ("$order", order));
        return db.Query($"{Columns} WHERE \"order\" = $order AND state = 'refunded'", ReadPayment, ("$order", order));
    });

    public Payment? Find(string id) => store.Read(db => db.Find($"{Columns} WHERE id = $id", ReadPayment, ("$id", id)));

    private static Payment ReadPayment(SqliteDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetString(4), Text(row, 5), row.GetString(6));

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
