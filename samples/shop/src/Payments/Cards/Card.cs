namespace Shop.Payments.Cards;

/// <summary>A card as a customer types it. It lives for the length of one request: only the token is kept.</summary>
/// <param name="Number">13 to 19 digits; blanks are allowed.</param>
/// <param name="Expiry"><c>12/30</c></param>
internal sealed record CardRequest(string? Number, string? Expiry, string? Cvc);

/// <summary>What may be kept of a card and shown.</summary>
internal sealed record KeptCard(string Token, string Brand, string Last4);
