namespace Conway.Console.Endpoints;

/// <summary>What a request may ask for at most. A number outside is moved to the nearest bound rather than refused: the answer says what was used.</summary>
internal static class Bounds
{
    public static readonly TimeSpan GraphWindow = TimeSpan.FromMinutes(1);

    /// <summary>From a second to a day.</summary>
    public static TimeSpan Window(double? milliseconds, TimeSpan unset) => Window(milliseconds) ?? unset;

    /// <summary>The same; unset when nobody asked.</summary>
    public static TimeSpan? Window(double? milliseconds) => milliseconds is { } asked && !double.IsNaN(asked)
        ? TimeSpan.FromMilliseconds(Math.Clamp(asked, 1_000, 86_400_000))
        : null;

    /// <summary>From 1 to 1,000 items.</summary>
    public static int Limit(int? asked, int unset) => Math.Clamp(asked ?? unset, 1, 1_000);
}
