using Outfitter.Common;

namespace Outfitter.Infrastructure;

/// <summary>Whoever moves the money.</summary>
public interface IPaymentGateway
{
    /// <param name="key">The same key is charged once, however often it is sent.</param>
    /// <returns>What the provider calls the charge.</returns>
    /// <exception cref="PaymentRefusedException">It refuses.</exception>
    /// <exception cref="PaymentUnavailableException">It does not answer, or not in a way that can be understood.</exception>
    Task<string> ChargeAsync(string key, Money amount, string card, CancellationToken ct);

    Task<string> RefundAsync(string key, string charge, Money amount, CancellationToken ct);
}

public sealed class PaymentRefusedException(string code) : ShopException($"The payment was refused: {code}.")
{
    public override int StatusCode => StatusCodes.Status402PaymentRequired;

    public override string Title => "Payment refused";
}

public sealed class PaymentUnavailableException() : ShopException("The payment provider does not answer. Nothing was charged that is not given back; try again later.")
{
    public override int StatusCode => StatusCodes.Status503ServiceUnavailable;

    public override string Title => "No payments at the moment";
}
