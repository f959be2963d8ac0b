namespace Conway.Checks.Suppressing;

/// <summary>Where in a model a suppression holds.</summary>
internal static class SuppressedPlace
{
    /// <summary>Whether a place is meant: the same path, or one below it.</summary>
    /// <param name="at"><c>services.*.calls.catalog</c>, <c>gateway.routes[]</c>; null for everywhere.</param>
    /// <param name="path">The place of a finding; null for one that has none, which only a suppression without a place covers.</param>
    public static bool Covers(string? at, string? path)
    {
        if (at is null)
        {
            return true;
        }

        if (path is null)
        {
            return false;
        }

        var (wanted, steps) = (Steps(at), Steps(path));
        return wanted.Length <= steps.Length && wanted.Zip(steps).All(pair => IsSame(pair.First, pair.Second));
    }

    // Names are at most 128 long and have no dot: a path in a suppression cannot grow expensive.
    private static string[] Steps(string path) => path.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries);

    private static bool IsSame(string wanted, string step) => wanted == step || (wanted == "*" && !step.StartsWith('[')) || (wanted is "[]" or "[*]" && step.StartsWith('['));
}
