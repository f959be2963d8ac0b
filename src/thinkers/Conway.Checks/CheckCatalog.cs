using Conway.Checks.Boundaries;
using Conway.Checks.Own;
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
        new EventCycle(),               // CW2110
        new RetriesWithoutBreaker(),    // CW2111
        new HardCodedAddress(),         // CW2112
        new NoHealthCheck(),            // CW2201
        new NoSlo(),                    // CW2202
        new SloOverCallees(),           // CW2203
        new MissingTelemetry(),         // CW2204
        new ChattyServices(),           // CW2301
        new FanOut(),                   // CW2302
        new HubCallee(),                // CW2303
        new SharedStore(),              // CW3101
        new NoOwner(),                  // CW3102
        new NanoService(),              // CW3103
        new MegaService(),              // CW3104
        new WrongCuts(),                // CW3105
        new InappropriateIntimacy(),    // CW3106
        new DistributedTransaction(),   // CW3107
        new SagaWithoutUndo(),          // CW3108
        new UnclearOwnership(),         // CW3109
        new WeakBoundary(),             // CW3110
        new DistributedMonolith(),      // CW3201
        new UnstableDependency(),       // CW3202
        new ScatteredChanges(),         // CW3203
        new TeamOverload(),             // CW3204
        new SeveralTeams(),             // CW3205
        new ContextCycle(),             // CW3301
        new CallOffTheMap(),            // CW3302
        new SeparateWaysBroken(),       // CW3303
        new SharedKernelStretched(),    // CW3304
        new AgainstTheMap(),            // CW3305
        new CapabilityOwnership(),      // CW3306
        new SharedDomainLibrary(),      // CW3401
        new UnversionedApi(),           // CW4101
        new LocalLogging(),             // CW6101
        new NoGateway(),                // CW6102
        new TooManyStandards(),         // CW6103
        new UnsafeDeployment(),         // CW6104
        new UndeclaredCall(),           // CW7101
        new UnexercisedCall(),          // CW7102
        new WrongProtocol(),            // CW7103
        new ForbiddenCrossing(),        // CW7104
        new LittleSeen(),               // CW7105
        new UndeclaredInCode(),         // CW7106
        new UnmadeInCode(),             // CW7107
        new RuleOfNothing(),            // CW9001
        new RuleCodeTwice(),            // CW9002
    ];

    /// <summary>Everything all checks find in a model alone, by code and then in order of declaration, suppressed or not. Not yet placed in text.</summary>
    public static IEnumerable<Finding> Check(SystemModel model) => Check(new CheckSubject(model));

    /// <summary>Everything that all checks find that have what they need.</summary>
    public static IEnumerable<Finding> Check(CheckSubject subject) =>
        All.Where(check => Missing(check, subject) is null).SelectMany(check => check.Check(subject)).Concat(OwnRules.Check(subject));

    /// <summary>Everything that is to be told about a system, with what was suppressed and what could not be evaluated.</summary>
    /// <param name="subject">The system.</param>
    /// <param name="others">What reading it has found, which can be suppressed like the rest unless it makes the model unreadable.</param>
    public static CheckReport Judge(CheckSubject subject, IEnumerable<Finding> others)
    {
        var missing = All.Select(check => Missing(check, subject)).OfType<NotEvaluated>().ToArray();
        var unjudged = missing.Select(m => m.Rule.Code).ToHashSet(StringComparer.Ordinal);
        var judged = All.Where(check => !unjudged.Contains(check.Rule.Code)).ToArray();
        var sorted = Suppressions.Apply(subject.Model.Suppress, [.. others, .. judged.SelectMany(check => check.Check(subject)), .. OwnRules.Check(subject)], unjudged, subject.Today);
        return new CheckReport
        {
            Findings = sorted.Told,
            Suppressed = sorted.Suppressed,
            Traffic = subject.Observed is null ? null
                : new TrafficSeen(subject.Observed.Run, subject.Traffic.From, subject.Traffic.Until, subject.Traffic.Requests, subject.Traffic.Coverage, subject.Traffic.SpanLoss, subject.Observed.IsCut),
            Boundaries = BoundaryScores.Of(subject),
            Evaluated = [.. judged.Select(check => check.Rule), .. OwnRules.Of(subject.Model)],
            NotEvaluated = missing,
            InPart = [.. judged.Select(check => InPart(check, subject)).OfType<NotEvaluated>()],
        };
    }

    /// <summary>What a rule that was judged would have looked at, too; null when it saw everything.</summary>
    private static NotEvaluated? InPart(ICheck check, CheckSubject subject) =>
        ((check.Uses | check.NeedsOneOf) & ~subject.Has).Words() is { Count: > 0 } words ? new NotEvaluated(check.Rule, words) : null;

    private static IReadOnlyList<string> Asked(ICheck check)
    {
        IReadOnlyList<string> words = [.. (check.Needs & ~CheckInputs.Model).Words(), .. check.NeedsOneOf == CheckInputs.None ? [] : new[] { string.Join(" or ", check.NeedsOneOf.Words()) }];
        return words.Count > 0 ? words : check.Needs.Words();
    }

    private static NotEvaluated? Missing(ICheck check, CheckSubject subject)
    {
        var missing = check.Needs & ~subject.Has;
        return check.NeedsOneOf != CheckInputs.None && (check.NeedsOneOf & subject.Has) == CheckInputs.None ? new NotEvaluated(check.Rule, [.. missing.Words(), string.Join(" or ", check.NeedsOneOf.Words())])
            : missing != CheckInputs.None ? new NotEvaluated(check.Rule, missing.Words())
            : check.Lacks(subject) is { } lack ? new NotEvaluated(check.Rule, Asked(check), lack)
            : null;
    }
}
