using System.Collections.Immutable;
using Conway.Findings;

namespace Conway.AddressFacts;

/// <summary>Which other programs a source names.</summary>
/// <remarks>Ordered by file and place. Immutable.</remarks>
public sealed record SourceAddresses
{
    /// <summary>Files that were searched, relative to the folder, with <c>/</c>; ordinal.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>Every place that names another program.</summary>
    public ImmutableArray<AddressMention> Mentions { get; init; } = [];

    /// <summary>A bound was reached: there are files that were not searched, or places that are not among these.</summary>
    public bool IsCut { get; init; }
}

/// <summary>A place that names another program.</summary>
/// <param name="Kind">How.</param>
/// <param name="Name">The variable without <c>_URL</c>, the host with its port, or the client's name: <c>CATALOG</c>, <c>catalog:8080</c>, <c>catalog</c>; empty for a composed name.</param>
/// <param name="Place">Where.</param>
public sealed record AddressMention(AddressKind Kind, string Name, SourceSpan Place);

/// <summary>How another program is named.</summary>
public enum AddressKind
{
    /// <summary>By a variable of the environment: <c>process.env.CATALOG_URL</c>.</summary>
    Variable,

    /// <summary>By the host of an address at the beginning of a text: <c>"http://catalog/products"</c>.</summary>
    Host,

    /// <summary>By a name that a library looks up: <c>AddConwayClient&lt;CatalogClient&gt;("catalog")</c>, <c>"https+http://catalog"</c>.</summary>
    Client,

    /// <summary>Nobody else: a port on this machine on which the program itself listens, by its launch settings. The name is the port.</summary>
    Listens,

    /// <summary>By a variable whose name is put together: <c>name + "_URL"</c>. Which program it is cannot be told.</summary>
    Composed,
}
