using Conway.Checks.Rules;
using Conway.Checks.Suppressing;
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
        new UndeclaredCall(),           // CW7101
        new UnexercisedCall(),          // CW7102
        new WrongProtocol(),            // CW7103
        new ForbiddenCrossing(),        // CW7104
        new LittleSeen(),               // CW7105
    ];

    /// <summary>Everything all checks find in a model alone, by code and then in order of declaration, suppressed or not. Not yet placed in text.</summary>
    public static IEnumerable<Finding> Check(SystemModel model) => Check(new CheckSubject(model));

    /// <summary>Everything that all checks find that have what they need.</summary>
    public static IEnumerable<Finding> Check(CheckSubject subject) => All.Where(check => Missing(check, subject) is null).SelectMany(check => check.Check(subject));

    /// <summary>Everything that is to be told about a system, with what was suppressed and what could not be evaluated.</summary>
    /// <param name="subject">The system.</param>
    /// <param name="others">What reading it has found, which can be suppressed like the rest unless it makes the model unreadable.</param>
    public static CheckReport Judge(CheckSubject subject, IEnumerable<Finding> others)
    {
        var missing = All.Select(check => Missing(check, subject)).OfType<NotEvaluated>().ToArray();
        var unjudged = missing.Select(m => m.Rule.Code).ToHashSet(StringComparer.Ordinal);
        var judged = All.Where(check => !unjudged.Contains(check.Rule.Code)).ToArray();
        var sorted = Suppressions.Apply(subject.Model.Suppress, [.. others, .. judged.SelectMany(check => check.Check(subject))], unjudged, subject.Today);
        return new CheckReport
        {
            Findings = sorted.Told,
            Suppressed = sorted.Suppressed,
            Traffic = subject.Observed is null ? null
                : new TrafficSeen(subject.Observed.Run, subject.Traffic.From, subject.Traffic.Until, subject.Traffic.Requests, subject.Traffic.Coverage, subject.Traffic.SpanLoss, subject.Observed.IsCut),
            Evaluated = [.. judged.Select(check => check.Rule)],
            NotEvaluated = missing,
        };
    }

    private static NotEvaluated? Missing(ICheck check, CheckSubject subject)
    {
        var missing = check.Needs & ~subject.Has;
        return missing != CheckInputs.None ? new NotEvaluated(check.Rule, missing.Words())
            : check.Lacks(subject) is { } lack ? new NotEvaluated(check.Rule, (check.Needs & ~CheckInputs.Model).Words() is { Count: > 0 } words ? words : check.Needs.Words(), lack)
            : null;
    }
}
