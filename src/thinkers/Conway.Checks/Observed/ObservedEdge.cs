namespace Conway.Checks.Observed;

/// <summary>All calls from one service to another.</summary>
/// <param name="Caller">Name of the calling service.</param>
/// <param name="Callee">Name of the called service.</param>
/// <param name="Calls">Those that spans told, by time; empty when only a listener counted.</param>
/// <param name="Counted">What listeners counted; 0 when none did.</param>
internal sealed record ObservedEdge(string Caller, string Callee, IReadOnlyList<ObservedCall> Calls, long Counted)
{
    /// <summary>Calls seen, by whoever saw more.</summary>
    public long Count => Math.Max(Calls.Count, Counted);

    /// <summary>Messages, for which nobody waits.</summary>
    public bool IsMessage => Calls.Count > 0 && Calls.All(c => c.IsMessage);

    /// <summary>The time that 99 of 100 calls took at most.</summary>
    public TimeSpan P99 => Calls.Count == 0 ? TimeSpan.Zero : Calls.Select(c => c.Span.Duration).Order().ElementAt((int)Math.Ceiling(0.99 * Calls.Count) - 1);

    /// <summary>Edges between services of the model, the gateway included, by caller and callee.</summary>
    public static IReadOnlyList<ObservedEdge> Of(ObservedCalls observed, Func<string, bool> isService)
    {
        var calls = observed.Calls.Where(c => !c.IsData).GroupBy(c => (c.Caller, c.Callee)).ToDictionary(g => g.Key, g => g.ToArray());
        var counted = observed.Run.Listeners.GroupBy(t => (t.Caller, t.Callee)).ToDictionary(g => g.Key, g => g.Sum(t => t.Count));
        return [.. calls.Keys.Union(counted.Where(c => c.Value > 0).Select(c => c.Key))
            .Where(k => (isService(k.Caller) || k.Caller == Gateway) && isService(k.Callee))
            .OrderBy(k => k.Caller, StringComparer.Ordinal).ThenBy(k => k.Callee, StringComparer.Ordinal)
            .Select(k => new ObservedEdge(k.Caller, k.Callee, calls.GetValueOrDefault(k) ?? [], counted.GetValueOrDefault(k)))];
    }

    /// <summary>The name under which the gateway's traffic is told.</summary>
    public const string Gateway = "gateway";
}
