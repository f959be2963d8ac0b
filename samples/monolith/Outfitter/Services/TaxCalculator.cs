using Microsoft.EntityFrameworkCore;
using Outfitter.Common;
using Outfitter.Infrastructure;

namespace Outfitter.Services;

public sealed class TaxCalculator(ShopDbContext db)
{
    public const string Standard = "standard";

    /// <exception cref="RuleException">We do not know the country's taxes, so we do not sell there.</exception>
    public async Task<decimal> PercentAsync(string country, string taxClass, CancellationToken ct) =>
        await db.TaxRates.Where(t => t.Country == country && t.TaxClass == taxClass).Select(t => (decimal?)t.Percent).FirstOrDefaultAsync(ct)
        ?? throw new RuleException($"We do not sell to '{country}'.");

    /// <summary>The tax in an amount that contains it.</summary>
    public static Money ContainedIn(Money gross, decimal percent) => gross - Money.FromAmount(gross.Amount / (1 + percent / 100));
}
