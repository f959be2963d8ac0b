namespace Shop.Payments.Charges;

/// <summary>Money asked for an order, and what came of it.</summary>
/// <param name="State"><c>captured</c>, <c>refused</c> or <c>refunded</c>.</param>
/// <param name="Reason">Why it was refused; null otherwise.</param>
internal sealed record Payment(string Id, string Order, int AmountCents, string Currency, string State, string? Reason, string CardLast4);

internal sealed record ChargeRequest(string? Order, int AmountCents, string? Currency, string? Card);

internal sealed record RefundRequest(string? Order);
