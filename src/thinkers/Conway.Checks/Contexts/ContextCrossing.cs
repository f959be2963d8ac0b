namespace Conway.Checks.Contexts;

/// <summary>A declared call or event that goes from one context to another.</summary>
/// <param name="From">The context that depends.</param>
/// <param name="To">The context that is depended on.</param>
/// <param name="Says">What it is, as the beginning of a sentence: <c>'basket' calls 'catalog'</c>.</param>
/// <param name="Depends">The service that depends.</param>
/// <param name="On">The service that is depended on.</param>
/// <param name="ModelPath">Where it is declared.</param>
/// <param name="IsCall">A call, not an event.</param>
public sealed record ContextCrossing(string From, string To, string Says, string Depends, string On, string ModelPath, bool IsCall)
{
    /// <summary>All of them, calls before events, in order of declaration. Who consumes an event depends on who publishes it.</summary>
    public static IEnumerable<ContextCrossing> Of(CheckSubject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var map = subject.Contexts;
        var calls = subject.Calls.Edges.Select(e => (Depends: e.Caller, On: e.Callee, Says: $"'{e.Caller}' calls '{e.Callee}'", e.ModelPath, IsCall: true));
        var events = subject.Events.Select(l => (Depends: l.Consumer, On: l.Publisher, Says: $"'{l.Consumer}' handles {l.Event} of '{l.Publisher}'", l.ModelPath, IsCall: false));
        return from dependency in calls.Concat(events)
               let here = map.ContextOf(dependency.Depends)
               let there = map.ContextOf(dependency.On)
               where here is not null && there is not null && here != there
               select new ContextCrossing(here, there, dependency.Says, dependency.Depends, dependency.On, dependency.ModelPath, dependency.IsCall);
    }
}
