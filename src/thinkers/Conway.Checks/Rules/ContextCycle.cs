using Conway.Checks.Graph;
using Conway.Findings;
using Conway.Model;

namespace Conway.Checks.Rules;

/// <summary>CW3301: contexts that are each upstream of the other.</summary>
/// <remarks>Partnerships and shared kernels go both ways by definition and are left out; so are separate ways.</remarks>
public sealed class ContextCycle : ICheck
{
    public FindingRule Rule { get; } = new(
        "CW3301", Severity.Warning, "Circle of contexts",
        "None of them can change its model first, and none can be understood without the others.");

    public IEnumerable<Finding> Check(CheckSubject subject)
    {
        var links = subject.Contexts.Links.Where(l => !l.IsMutual && l.As != Conway.Model.ContextPattern.SeparateWays).ToArray();
        var upstream = links.ToLookup(l => l.Downstream, StringComparer.Ordinal);
        IEnumerable<string> Next(string name) => upstream[name].Select(l => l.Upstream);
        var components = StrongComponents.Of([.. subject.Model.Contexts.Keys], Next);
        return from link in links
               where components.IndexOf(link.Downstream) == components.IndexOf(link.Upstream)
               group link by components.IndexOf(link.Downstream) into knot
               let first = knot.First()
               let names = ShortestPath.Find(first.Downstream, first.Downstream, Next)!
               let last = links.First(l => l.Downstream == names[^2] && l.Upstream == names[^1])
               select new Finding
               {
                   Rule = Rule,
                   ModelPath = last.ModelPath,
                   Subject = $"circle of {string.Join(", ", names.Distinct().Order(StringComparer.Ordinal))}",
                   Message = names.Count == 2 ? $"The context '{first.Downstream}' is upstream of itself." : $"Contexts are upstream of each other in a circle: {Spoken.Chain(names)}.",
                   Mend = names.Count == 2 ? "Remove the relation." : $"Say who follows whom, and let '{last.Downstream}' learn from '{last.Upstream}' by events in a published language; or, if they really go together, write partnership.",
               };
    }
}
