using Conway.Checks.Graph;
using Conway.Findings;
using Conway.Model;

namespace Conway.Checks.Rules;

/// <summary>CW2110: services that set each other going in a circle, partly by events.</summary>
/// <remarks>Information: events are the usual way out of a circle of calls (CW2101), and a circle of them may be meant, as in a saga. What needs a look is
/// that it ends.</remarks>
public sealed class EventCycle : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW2110", Severity.Info, "Circle closed by events",
        "A message may go round for ever, and a failure in one of the services reaches the others late and by a way that nobody looks at.")
    {
        Unless = "each event says something new, so that the circle ends",
    };

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var links = subject.Events;
        var byPublisher = links.ToLookup(l => l.Publisher, StringComparer.Ordinal);
        IEnumerable<string> Next(string name) => subject.Calls.From(name).Select(e => e.Callee).Concat(byPublisher[name].Select(l => l.Consumer));
        var components = StrongComponents.Of(subject.Calls.Services, Next);

        // One for each knot, at the first event in it that goes back to where calls or events come from again.
        return (from link in links
                where components.IndexOf(link.Publisher) == components.IndexOf(link.Consumer)
                where subject.Calls.Components.IndexOf(link.Publisher) != subject.Calls.Components.IndexOf(link.Consumer)
                group link by components.IndexOf(link.Publisher) into knot
                let first = knot.First()
                let back = ShortestPath.Find(first.Consumer, first.Publisher, Next) ?? [first.Consumer]
                select new Finding
                {
                    Rule = Rule,
                    ModelPath = first.ModelPath,
                    Subject = $"circle of {string.Join(", ", components.All[knot.Key].Order(StringComparer.Ordinal))}",
                    Message = $"Services set each other going in a circle: {Spoken.Chain([first.Publisher, .. back])}, where '{first.Consumer}' handles {first.Event}.",
                    Mend = $"Look that it ends: '{first.Consumer}' must not do again what made '{first.Publisher}' publish {first.Event}. Keys that tell a message handled already help.",
                }).Take(CheckSubject.FindingsPerRuleMax);
    }
}
