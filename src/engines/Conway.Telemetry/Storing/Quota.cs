namespace Conway.Telemetry.Storing;

/// <summary>Who gives way when the disk, or the memory that stands in for it, is used up.</summary>
internal static class Quota
{
    /// <summary>The service that keeps most; among equals the first by name. Null when nobody keeps anything.</summary>
    /// <param name="shelves">All services.</param>
    /// <param name="inMemory">Whether only what lies in memory counts.</param>
    /// <remarks>So a service that prints a hundred times more than the others pays for it alone: theirs is never the largest.</remarks>
    public static ServiceShelf? Victim(IEnumerable<ServiceShelf> shelves, bool inMemory = false) =>
        shelves.Where(shelf => inMemory ? shelf.MemoryBytes > 0 : shelf.Segments.Count > 0)
            .OrderByDescending(shelf => inMemory ? shelf.MemoryBytes : shelf.Bytes).ThenBy(shelf => shelf.Service, StringComparer.Ordinal).FirstOrDefault();
}
