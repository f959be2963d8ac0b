namespace Shop.Payments.Cards;

/// <summary>The bank behind this sample. Every valid card pays, except these, whose numbers are the usual ones for testing.</summary>
internal static class TestCards
{
    /// <summary>Why the bank will refuse the card; null when it will not.</summary>
    public static string? RefusalOf(string digits) => digits switch
    {
        "4000000000000002" => "card_declined",
        "4000000000009995" => "insufficient_funds",
        "4000000000009987" => "lost_card",
        "4000000000000069" => "expired_card",
        _ => null,
    };
}
