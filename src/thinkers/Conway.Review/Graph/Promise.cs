using System.Globalization;

namespace Conway.Review.Graph;

/// <summary>What several services promise together: the product of their availabilities, as if they failed independently.</summary>
/// <param name="Parts">Those that promise something, as fractions.</param>
/// <param name="Unknown">Those that promise nothing.</param>
internal sealed record Promise(IReadOnlyList<(string Name, double Fraction)> Parts, IReadOnlyList<string> Unknown)
{
    /// <summary>Null when none promises anything.</summary>
    public double? Fraction => Parts.Count == 0 ? null : Parts.Aggregate(1d, (product, part) => product * part.Fraction);

    /// <summary>Whether the two differ by more than rounding.</summary>
    public bool IsSameAs(Promise other) =>
        (Fraction, other.Fraction) switch { (null, null) => true, ({ } one, { } two) => Math.Abs(one - two) < 1e-12, _ => false };

    /// <summary><c>99.8%: orders 99.9% x catalog 99.9%</c></summary>
    public string Arithmetic
    {
        get
        {
            // More than a handful cannot be read, and the product is what counts.
            const int PartsMax = 6;
            var parts = Parts.OrderBy(p => p.Fraction).ThenBy(p => p.Name, StringComparer.Ordinal).ToArray();
            var text = string.Join(" x ", parts.Take(PartsMax).Select(p => $"{p.Name} {Percent(p.Fraction)}"));
            var more = parts.Length > PartsMax ? $" x {parts.Length - PartsMax} more" : "";
            var unknown = Unknown.Count > 0 ? $"; {string.Join(", ", Unknown.Take(PartsMax))}{(Unknown.Count > PartsMax ? ", …" : "")} promise{(Unknown.Count == 1 ? "s" : "")} nothing" : "";
            return Fraction is { } fraction ? $"{Percent(fraction)}: {text}{more}{unknown}" : "unknown";
        }
    }

    public static string Percent(double fraction) => string.Create(CultureInfo.InvariantCulture, $"{fraction * 100:0.####}%");
}
