using System.Globalization;
using Conway.Model;

namespace Conway.Checks.Contexts;

/// <summary>One declared relation of the context map.</summary>
/// <param name="Downstream">The context that depends; the one that declares it.</param>
/// <param name="Upstream">The context that is depended on.</param>
/// <param name="As">The pattern.</param>
/// <param name="ModelPath"><c>contexts.ordering.upstream[0]</c></param>
internal sealed record ContextLink(string Downstream, string Upstream, ContextPattern As, string ModelPath)
{
    /// <summary>Both depend on each other, so that direction means nothing.</summary>
    public bool IsMutual => As is ContextPattern.Partnership or ContextPattern.SharedKernel;
}

/// <summary>Which service stands in which context, and how contexts relate.</summary>
internal sealed class ContextMap
{
    private readonly SystemModel _model;

    private ContextMap(SystemModel model)
    {
        _model = model;
        Links = [.. from context in model.Contexts
                    from relation in context.Value.Upstream.Index()
                    where model.Contexts.ContainsKey(relation.Item.Context)
                    select new ContextLink(
                        context.Key, relation.Item.Context, relation.Item.As,
                        string.Create(CultureInfo.InvariantCulture, $"contexts.{context.Key}.upstream[{relation.Index}]"))];
    }

    /// <summary>Every relation, in order of declaration.</summary>
    public IReadOnlyList<ContextLink> Links { get; }

    public static ContextMap Of(SystemModel model) => new(model);

    /// <summary>The context of a service; null when it has none that is declared.</summary>
    public string? ContextOf(string service) =>
        _model.Services.TryGetValue(service, out var found) && found.Context is { } context && _model.Contexts.ContainsKey(context) ? context : null;

    /// <summary>Relations between two contexts, whichever declares them.</summary>
    public IEnumerable<ContextLink> Between(string one, string other) =>
        Links.Where(l => (l.Downstream == one && l.Upstream == other) || (l.Downstream == other && l.Upstream == one));
}
