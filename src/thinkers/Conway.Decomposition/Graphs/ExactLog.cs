namespace Conway.Decomposition.Graphs;

/// <summary>Natural logarithms from additions, multiplications and divisions alone.</summary>
/// <remarks><see cref="Math.Log(double)"/> comes from the machine's own library and may differ in the last bit between machines. Weights are rounded to
/// whole numbers, and a last bit can decide a rounding; a weight can decide a cluster. IEEE 754 fixes the four operations used here to the bit.</remarks>
public static class ExactLog
{
    private const double Ln2 = 0.693147180559945309417232121458;

    /// <summary>ln x, to about 15 digits.</summary>
    /// <param name="x">Above 0 and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="x"/> is not above 0, or is not finite.</exception>
    public static double Ln(double x)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(x);
        if (!double.IsFinite(x))
        {
            throw new ArgumentOutOfRangeException(nameof(x), x, "A logarithm is taken of a finite number.");
        }

        var halvings = 0;
        while (x > 1.5)
        {
            x /= 2;
            halvings++;
        }

        while (x < 0.75)
        {
            x *= 2;
            halvings--;
        }

        // ln x = 2 artanh((x - 1) / (x + 1)); |z| is at most 0.2, so that 13 terms leave less than 10⁻¹⁸.
        var z = (x - 1) / (x + 1);
        var square = z * z;
        var sum = 0.0;
        for (var term = 25; term >= 1; term -= 2)
        {
            sum = (sum * square) + (1.0 / term);
        }

        return (2 * z * sum) + (halvings * Ln2);
    }
}
