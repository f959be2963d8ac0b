namespace Outfitter.Common;

/// <summary>An amount in the shop's one currency, in whole cents: 12.34 is <c>new Money(1234)</c>.</summary>
public readonly record struct Money(long Cents) : IComparable<Money>
{
    public static Money Zero => default;

    /// <summary>In units of the currency: 12.34.</summary>
    public decimal Amount => Cents / 100m;

    public static Money operator +(Money left, Money right) => new(checked(left.Cents + right.Cents));

    public static Money operator -(Money left, Money right) => new(checked(left.Cents - right.Cents));

    public static Money operator *(Money amount, int factor) => new(checked(amount.Cents * factor));

    public static bool operator <(Money left, Money right) => left.Cents < right.Cents;

    public static bool operator >(Money left, Money right) => left.Cents > right.Cents;

    public static bool operator <=(Money left, Money right) => left.Cents <= right.Cents;

    public static bool operator >=(Money left, Money right) => left.Cents >= right.Cents;

    /// <summary>Half a cent goes away from zero, as merchants round.</summary>
    public static Money FromAmount(decimal amount) => new((long)decimal.Round(amount * 100, MidpointRounding.AwayFromZero));

    public static Money Min(Money left, Money right) => left < right ? left : right;

    public static Money Max(Money left, Money right) => left > right ? left : right;

    /// <summary>So many percent of it, to the cent.</summary>
    public Money Percent(decimal percent) => FromAmount(Amount * percent / 100);

    /// <summary>Cuts the amount into parts by weight, without losing or making a cent: the largest remainders get what is left over.</summary>
    /// <param name="weights">Not negative. When all are zero, the first part gets everything.</param>
    public Money[] Split(IReadOnlyList<long> weights)
    {
        var parts = new Money[weights.Count];
        var total = weights.Sum();
        if (parts.Length == 0)
            return parts;
        if (total == 0)
        {
            parts[0] = this;
            return parts;
        }

        var left = Cents;
        var remainders = new (Int128 Remainder, int Index)[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var (quotient, remainder) = Int128.DivRem((Int128)Cents * weights[i], total);
            parts[i] = new Money((long)quotient);
            left -= (long)quotient;
            remainders[i] = (Int128.Abs(remainder), i);
        }

        foreach (var (_, index) in remainders.OrderByDescending(r => r.Remainder).ThenBy(r => r.Index).Take((int)Math.Abs(left)))
            parts[index] += new Money(Math.Sign(left));
        return parts;
    }

    public int CompareTo(Money other) => Cents.CompareTo(other.Cents);

    public override string ToString() => Amount.ToString("0.00");
}

/// <summary>Sums of money, which LINQ does not know.</summary>
public static class MoneySums
{
    public static Money Total<T>(this IEnumerable<T> items, Func<T, Money> amount) => items.Aggregate(Money.Zero, (sum, item) => sum + amount(item));
}
