using Conway.Checks.Observed;
using Conway.Model;

namespace Conway.Checks.Own;

/// <summary>That one service depends on another, by whatever.</summary>
/// <param name="From">Who depends.</param>
/// <param name="To">Who is depended on.</param>
/// <param name="Kind">Calls or events.</param>
/// <param name="Says">What it is: <c>'web' calls 'billing'</c>.</param>
/// <param name="ModelPath">Where it is declared; where the caller is, when it is not.</param>
internal sealed record Dependency(string From, string To, DependencyKind Kind, string Says, string ModelPath)
{
    /// <summary>Everything that is declared, and what was seen beyond it, in that order.</summary>
    public static IReadOnlyList<Dependency> Of(CheckSubject subject)
    {
        var calls = subject.Calls.Edges.Where(e => e.Caller != e.Callee)
            .Select(e => new Dependency(e.Caller, e.Callee, DependencyKind.Calls, $"'{e.Caller}' calls '{e.Callee}'", e.ModelPath)).ToArray();
        var events = subject.Events.Select(l => new Dependency(l.Consumer, l.Publisher, DependencyKind.Events, $"'{l.Consumer}' handles {l.Event} of '{l.Publisher}'", l.ModelPath));
        var declared = calls.Select(c => (c.From, c.To)).ToHashSet();
        var seen = subject.Observed is null ? []
            : subject.Edges.Where(e => e.Caller != ObservedEdge.Gateway && !e.IsMessage && !declared.Contains((e.Caller, e.Callee)))
                .Select(e => new Dependency(e.Caller, e.Callee, DependencyKind.Calls, $"'{e.Caller}' was seen to call '{e.Callee}' ({Spoken.Times(e.Count)})", $"services.{e.Caller}"));
        return [.. calls, .. events, .. seen];
    }

    /// <summary>Whether a rule about this kind is about this dependency.</summary>
    public bool Is(DependencyKind wanted) => wanted == DependencyKind.Any || wanted == Kind;
}
