namespace Conway.Telemetry.Storing;

/// <summary>Who gives way when the disk is used up.</summary>
internal static class Quota
{
    /// <summary>The service that keeps most; among equals the first by name. Null when nobody keeps anything.</summary>
    /// <remarks>So a service that prints a hundred times more than the others pays for it alone: theirs is never the largest.</remarks>
    public static ServiceShelf? Victim(IEnumerable<ServiceShelf> shelves) =>
        shelves.Where(shelf => shelf.Segments.Count > 0).OrderByDescending(shelf => shelf.Bytes).ThenBy(shelf => shelf.Service, StringComparer.Ordinal).FirstOrDefault();
}
