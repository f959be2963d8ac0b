using Conway.Registry.Kv;
using Conway.Registry.Sessions;

namespace Conway.Registry.World;

/// <summary>Everything the registry knows at one moment. Immutable: readers take it and never lock; a writer drafts the next one.</summary>
/// <param name="Index">Counts commits, never goes back within one life, never 0 once the registry runs: Consul's Raft index.</param>
internal sealed record WorldState(ulong Index, Catalog Catalog, KvShelf Kv, SessionTable Sessions)
{
    public static WorldState Empty { get; } = new(0, new Catalog(), KvShelf.Empty, SessionTable.Empty);
}
