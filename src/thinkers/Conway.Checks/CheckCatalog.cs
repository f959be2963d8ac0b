using Conway.Checks.Rules;
using Conway.Findings;
using Conway.Model;

namespace Conway.Checks;

/// <summary>All checks, in the order of their codes: the visible list.</summary>
public static class CheckCatalog
{
    public static IReadOnlyList<ICheck> All { get; } =
    [
        new CallCycle(),                // CW2101
        new MissingTimeout(),           // CW2103
        new TimeoutOverBudget(),        // CW2104
        new RetryAmplification(),       // CW2105
        new TooManyHops(),              // CW2106
        new RetriesOverBudget(),        // CW2107
        new UnusableRetries(),          // CW2108
        new StartDeadlock(),            // CW2109
        new NoHealthCheck(),            // CW2201
        new NoSlo(),                    // CW2202
        new SloOverCallees(),           // CW2203
        new SharedStore(),              // CW3101
        new NoOwner(),                  // CW3102
        new NanoService(),              // CW3103
    ];

    /// <summary>Everything all checks find in a model, by code and then in order of declaration. Not yet placed in text.</summary>
    public static IEnumerable<Finding> Check(SystemModel model) => Check(model, CheckThresholds.Default);

    /// <inheritdoc cref="Check(SystemModel)"/>
    public static IEnumerable<Finding> Check(SystemModel model, CheckThresholds thresholds)
    {
        var subject = new CheckSubject(model, thresholds);
        return All.SelectMany(check => check.Check(subject));
    }
}
