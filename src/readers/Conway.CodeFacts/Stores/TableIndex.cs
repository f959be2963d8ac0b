using System.Collections.Immutable;

namespace Conway.CodeFacts.Stores;

/// <summary>The tables of the codebase: those that entities have, and those that only SQL names.</summary>
/// <remarks>Names that a database may take for the same are one table: case and underscores do not count, and a schema that is unsaid fits every schema.</remarks>
internal sealed class TableIndex
{
    private readonly List<Draft> _drafts = [];
    private readonly Dictionary<string, List<Draft>> _byName = new(StringComparer.Ordinal);
    private ImmutableArray<StoreTable> _tables = [];

    /// <summary>A table of an entity. The same name and schema give the same table.</summary>
    /// <param name="project">Id of the project that says so.</param>
    public Draft Of(string name, string? schema, StoreTableKind kind, int project, CodePlace place)
    {
        var same = Named(name).FirstOrDefault(d => Same(d.Schema, schema));
        return same ?? Add(name, schema, kind, project, place);
    }

    /// <summary>A table that SQL names.</summary>
    public Draft OfSql(string name, string? schema, int project, CodePlace place)
    {
        var fitting = Named(name).Where(d => Fits(d.Schema, schema)).ToArray();
        return fitting.FirstOrDefault(d => schema is not null && Same(d.Schema, schema))
            ?? fitting.FirstOrDefault(d => d.Project == project)
            ?? (fitting.Length > 0 ? fitting[0] : Add(name, schema, StoreTableKind.Table, project, place));
    }

    /// <summary>Ends the collection: from here on tables have ids.</summary>
    public ImmutableArray<StoreTable> Close()
    {
        var ordered = _drafts.OrderBy(d => d.Schema ?? "", StringComparer.Ordinal).ThenBy(d => d.Name, StringComparer.Ordinal).ThenBy(d => d.Place).ToArray();
        for (var i = 0; i < ordered.Length; i++)
        {
            ordered[i].Id = i;
        }

        return _tables = [.. ordered.Select(d => new StoreTable(d.Id, d.Name, d.Schema, d.Kind, d.Place))];
    }

    public ImmutableArray<StoreTable> Tables => _tables;

    private List<Draft> Named(string name) => _byName.TryGetValue(TableNames.Key(name), out var known) ? known : _byName[TableNames.Key(name)] = [];

    private Draft Add(string name, string? schema, StoreTableKind kind, int project, CodePlace place)
    {
        var draft = new Draft { Name = name, Schema = schema, Kind = kind, Project = project, Place = place };
        _drafts.Add(draft);
        Named(name).Add(draft);
        return draft;
    }

    private static bool Same(string? a, string? b) => string.Equals(a ?? "", b ?? "", StringComparison.OrdinalIgnoreCase);

    private static bool Fits(string? known, string? asked) => known is null || asked is null || Same(known, asked);

    internal sealed class Draft
    {
        public int Id { get; set; } = Codebase.None;

        public required string Name { get; init; }

        public required string? Schema { get; init; }

        public required StoreTableKind Kind { get; init; }

        public required int Project { get; init; }

        public required CodePlace Place { get; init; }
    }
}
