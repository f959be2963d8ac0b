using System.Globalization;
using Conway.Lowering;

namespace Conway.Node;

/// <summary>One act of <c>conway run --demo</c>: a callee becomes slower than its callers wait, so that it is seen what the platform does then.</summary>
/// <param name="Callee">Who is slow.</param>
/// <param name="Callers">Who calls it, in order of name.</param>
/// <param name="Limit">The longest time that one of them gives an attempt.</param>
/// <param name="Retries">The most extra attempts that one of them makes.</param>
internal sealed record DemoAct(string Callee, IReadOnlyList<string> Callers, TimeSpan Limit, int Retries)
{
    /// <summary>A callee that is waited for longer would not fail often enough to be left out while somebody looks.</summary>
    private static readonly TimeSpan LimitMax = TimeSpan.FromSeconds(5);

    /// <summary>How much later it answers: a quarter more than anybody waits.</summary>
    public TimeSpan Delay => Limit * 1.25;

    /// <summary>At most two acts: of the calls that are not repeated and of those that are, the one that is waited for longest. Pure.</summary>
    public static IReadOnlyList<DemoAct> Of(IEnumerable<ListenerPlan> listeners)
    {
        DemoAct[] all =
        [
            .. listeners.GroupBy(l => l.Callee, StringComparer.Ordinal)
                .Select(calls => new DemoAct(calls.Key, [.. calls.Select(c => c.Caller).Order(StringComparer.Ordinal)], calls.Max(c => c.AttemptTimeout), calls.Max(c => c.Retries)))
                .Where(act => act.Limit <= LimitMax)
                .OrderByDescending(act => act.Limit).ThenBy(act => act.Callee, StringComparer.Ordinal),
        ];
        return [.. new[] { all.FirstOrDefault(a => a.Retries == 0), all.FirstOrDefault(a => a.Retries > 0) }.OfType<DemoAct>()];
    }

    /// <summary>What is told when it begins.</summary>
    public string Begins(TimeSpan length)
    {
        var s = Callers.Count == 1 ? "s" : "";
        var asks = Retries switch { 0 => "once", 1 => "once more", _ => $"{Number(Retries)} times more" };
        return $"demo: for {Seconds(length)} {Callee} answers {Seconds(Delay)} late; {string.Join(", ", Callers)} wait{s} {Seconds(Limit)}, and ask{s} {asks}";
    }

    /// <summary>What is told when it is over.</summary>
    public string Ends(DemoCount count) =>
        $"demo: {Callee} is itself again; {Number(count.Attempts)} attempts, {Number(count.Failures)} of them out of time, {Number(count.Retries)} of them repeats; left out {(count.Ejections == 1 ? "once" : Number(count.Ejections) + " times")}";

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What happened on the way to a callee, from all its callers.</summary>
internal readonly record struct DemoCount(long Attempts, long Failures, long Retries, long Ejections)
{
    public static DemoCount operator -(DemoCount now, DemoCount before) =>
        new(now.Attempts - before.Attempts, now.Failures - before.Failures, now.Retries - before.Retries, now.Ejections - before.Ejections);
}
