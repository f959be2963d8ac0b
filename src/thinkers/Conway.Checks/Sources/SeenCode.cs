using Conway.CodeFacts;
using Conway.Findings;

namespace Conway.Checks.Sources;

/// <summary>What checks of source have in common.</summary>
internal static class SeenCode
{
    /// <summary>A place in the source as evidence.</summary>
    public static Evidence Evidence(Codebase code, CodePlace place, string text) => new(text, code.SpanOf(place));

    /// <summary>Who reads or writes each table in its source, the busiest first, and where first. What follows from a convention only is left out.</summary>
    public static IEnumerable<(string Table, IReadOnlyList<(string Service, int Count, CodePlace First)> Users)> UsersOf(ServiceCode code, AccessMode mode) =>
        from access in code.Code.Accesses
        where access.Mode == mode && !access.IsInferred
        let service = code.ServiceOfMember(access.Member)
        where service is not null
        group (access, service) by code.Code.Tables[access.Table].ToString() into table
        orderby table.Key
        select (table.Key, (IReadOnlyList<(string, int, CodePlace)>)
            [.. table.GroupBy(a => a.service, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => (g.Key, g.Count(), g.Min(a => a.access.Place)))]);
}
