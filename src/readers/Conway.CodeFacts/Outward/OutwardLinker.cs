using System.Collections.Immutable;
using Conway.CodeFacts.Declared;
using Conway.CodeFacts.Entries;
using Conway.CodeFacts.Stores;

namespace Conway.CodeFacts.Outward;

/// <summary>Calls of other programs, with those of interfaces from which a client is generated.</summary>
internal static class OutwardLinker
{
    private static readonly HashSet<string> Verbs = ["Get", "Post", "Put", "Delete", "Patch", "Head"];

    /// <summary>Ordered by place.</summary>
    public static ImmutableArray<OutboundCall> Calls(TypeTable types, IEnumerable<OutwardFacts> facts, IEnumerable<AttributeFact> attributes, IEnumerable<CallDetail> calls)
    {
        // [Get("/orders/{id}")] on the member of an interface: Refit, RestEase.
        var declared = attributes.Where(a => a.Member != Codebase.None && types.Types[a.Type].Kind == CodeTypeKind.Interface && Verbs.Contains(a.Name) && !a.Texts.IsEmpty)
            .GroupBy(a => a.Member).ToDictionary(g => g.Key, g => g.First());
        var through = calls.Where(c => declared.ContainsKey(c.Site.To)).Select(c => new OutboundCall(
            c.Site.From, OutboundKind.Declared, declared[c.Site.To].Name.ToUpperInvariant(), declared[c.Site.To].Texts[0], c.Site.Place, c.Site.InLoop));
        return [.. facts.SelectMany(f => f.Calls).Concat(through).OrderBy(c => c.Place).ThenBy(c => c.Member).ThenBy(c => c.Kind)];
    }
}
