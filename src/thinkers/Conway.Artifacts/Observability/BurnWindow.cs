namespace Conway.Artifacts.Observability;

/// <summary>Two windows and how fast the budget burns in both when an alert fires.</summary>
/// <param name="Name">As the alert's name ends: <c>BurnsVeryFast</c>.</param>
/// <param name="IsPage">Whether somebody is called; else it waits for working hours.</param>
/// <param name="Factor">Times the rate at which the budget would just last.</param>
/// <param name="Long">In minutes: enough has burnt.</param>
/// <param name="Short">In minutes: it still burns.</param>
/// <remarks>
/// At 30 days these are the windows of the Site Reliability Workbook (chapter 5, "Multiwindow, Multi-Burn-Rate Alerts"): 2 % of the budget in 1 h, 5 % in 6 h, 10 % in 1 d, 10 % in 3 d;
/// another period has the same shares of its own, down to windows in which five minutes can be told apart.
/// </remarks>
internal sealed record BurnWindow(string Name, bool IsPage, decimal Factor, int Long, int Short)
{
    /// <summary>The window that requests are counted in, in minutes: twice what two samples a minute apart need, and more.</summary>
    public const int Base = 5;

    /// <summary>The shortest period that alerts are made for.</summary>
    public static readonly TimeSpan PeriodMin = TimeSpan.FromDays(1);

    private const int LongMin = 2 * Base;
    private const int ShortOfLong = 12;

    /// <summary>Fastest first.</summary>
    /// <param name="period">Over which the objective is counted.</param>
    public static IReadOnlyList<BurnWindow> Of(TimeSpan period) => period < PeriodMin ? [] :
    [
        Make("BurnsVeryFast", true, 14.4m, period / 720),
        Make("BurnsFast", true, 6, period / 120),
        Make("BurnsSteadily", false, 3, period / 30),
        Make("BurnsSlowly", false, 1, period / 10),
    ];

    /// <summary>How many minutes after its beginning a constant share of failures is alerted; what was before had none.</summary>
    /// <param name="budget">Share of failures that the objective allows.</param>
    /// <param name="failing">Share of requests that fail; more than the threshold.</param>
    /// <remarks>long × factor × budget ÷ failing, and half of the window that is counted in, because there the share rises as requests fail.</remarks>
    public decimal DetectedAfter(decimal budget, decimal failing) => (Long * Factor * budget / failing) + (Base / 2m);

    private static BurnWindow Make(string name, bool isPage, decimal factor, TimeSpan time)
    {
        var longest = Math.Max(LongMin, (int)Math.Round(time.TotalMinutes));
        return new(name, isPage, factor, longest, Math.Max(Base, (int)Math.Round(longest / (double)ShortOfLong)));
    }
}
