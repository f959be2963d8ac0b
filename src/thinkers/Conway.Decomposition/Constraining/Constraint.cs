using System.Collections.Immutable;
using System.Globalization;

namespace Conway.Decomposition.Constraining;

/// <summary>Something that a cut must honour, as one line of a constraints file says it.</summary>
public abstract record Constraint
{
    /// <summary>The line as it is written in the file, without comment: <c>pin Coupon -> pricing</c>.</summary>
    public abstract string Text { get; }

    public sealed override string ToString() => Text;
}

/// <summary>All of these types are in one service: <c>together Order OrderLine</c>.</summary>
public sealed record Together(ImmutableArray<TypePattern> Types) : Constraint
{
    public override string Text => $"together {string.Join(' ', Types)}";
}

/// <summary>No service has types of two of these names: <c>apart Customer CreditCheck</c>.</summary>
public sealed record Apart(ImmutableArray<TypePattern> Types) : Constraint
{
    public override string Text => $"apart {string.Join(' ', Types)}";
}

/// <summary>These types are in the service of that name: <c>pin Coupon -> pricing</c>.</summary>
public sealed record Pin(ImmutableArray<TypePattern> Types, string Service) : Constraint
{
    public override string Text => $"pin {string.Join(' ', Types)} -> {Service}";
}

/// <summary>How many services there are: <c>services 4..8</c>.</summary>
public sealed record ServiceCount(Bounds Bounds) : Constraint
{
    public override string Text => $"services {Bounds}";
}

/// <summary>How many types each service has: <c>size 5..80</c>.</summary>
public sealed record ServiceSize(Bounds Bounds) : Constraint
{
    public override string Text => $"size {Bounds}";
}

/// <summary>These types belong to no service: <c>technical Clock</c>.</summary>
public sealed record Technical(ImmutableArray<TypePattern> Types) : Constraint
{
    public override string Text => $"technical {string.Join(' ', Types)}";
}

/// <summary>A team owns these types: <c>team checkout: Basket* Order</c>. A wish that has a price, not a rule.</summary>
public sealed record OwnedBy(string Team, ImmutableArray<TypePattern> Types) : Constraint
{
    public override string Text => $"team {Team}: {string.Join(' ', Types)}";
}

/// <summary>A number between two ends, both included: <c>4..8</c>, <c>4..</c>, <c>..8</c>, <c>5</c>.</summary>
/// <param name="Least">At least 1 for what is counted; 0 when that end is open.</param>
/// <param name="Most"><see cref="int.MaxValue"/> when that end is open.</param>
public readonly record struct Bounds(int Least, int Most)
{
    /// <summary>Any number.</summary>
    public static Bounds Any { get; } = new(0, int.MaxValue);

    public bool Holds(int number) => number >= Least && number <= Most;

    public override string ToString() =>
        Least == Most ? Least.ToString(CultureInfo.InvariantCulture)
        : (Least == 0 ? "" : Least.ToString(CultureInfo.InvariantCulture)) + ".." + (Most == int.MaxValue ? "" : Most.ToString(CultureInfo.InvariantCulture));

    /// <summary>Reads <c>N</c>, <c>N..</c>, <c>..N</c> or <c>N..M</c> with numbers from 1 and N ≤ M.</summary>
    public static bool TryParse(string text, out Bounds bounds)
    {
        bounds = Any;
        var at = text.IndexOf("..", StringComparison.Ordinal);
        if (at < 0)
        {
            var single = Number(text);
            bounds = new Bounds(single ?? 0, single ?? 0);
            return single is not null;
        }

        var (left, right) = (text[..at], text[(at + 2)..]);
        var (least, most) = (left.Length == 0 ? 0 : Number(left), right.Length == 0 ? int.MaxValue : Number(right));
        if (least is null || most is null || least > most || text.Length == 2)
        {
            return false;
        }

        bounds = new Bounds(least.Value, most.Value);
        return true;

        static int? Number(string digits) =>
            int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
    }
}
