namespace Conway.CodeFacts.Stores;

/// <summary>An entity while it is put together from what many files say.</summary>
internal sealed class EntityDraft(int type, CodePlace place)
{
    public int Type { get; } = type;

    public CodePlace Place { get; set; } = place;

    public StoreAccess Found { get; set; }

    public string? Table { get; set; }

    public string? Schema { get; set; }

    public StoreTableKind Kind { get; set; }

    public TableNameSource NamedBy { get; set; } = TableNameSource.Convention;

    /// <summary>Where the table is named first.</summary>
    public CodePlace? TablePlace { get; set; }

    /// <summary>Name of the set in a context.</summary>
    public string? Set { get; set; }

    /// <summary>Name of the collection where it is kept as a document.</summary>
    public string? Collection { get; set; }

    public SortedSet<int> Contexts { get; } = [];

    /// <summary>Tables that it has in other contexts, which map it for themselves: an outbox that every module has.</summary>
    public List<ElsewhereTable> Elsewhere { get; } = [];

    /// <summary>Ids of the types that own it.</summary>
    public SortedSet<int> Owners { get; } = [];

    /// <summary>Id of the type of the entity whose table it shares; <see cref="Codebase.None"/> otherwise.</summary>
    public int Base { get; set; } = Codebase.None;

    public bool HasOwnTables { get; set; }

    /// <summary>Its name is given after all mappings.</summary>
    public bool IsNamedLast { get; set; }

    /// <summary>A surer source names the table anew, a less sure one does not.</summary>
    public void Name(string table, string? schema, StoreTableKind kind, TableNameSource by, CodePlace place)
    {
        if (Table is null || by < NamedBy)
        {
            (Table, Schema, Kind, NamedBy, TablePlace) = (table, schema ?? Schema, kind, by, place);
        }
    }
}

/// <summary>The table of an entity in contexts of their own.</summary>
internal sealed record ElsewhereTable(string Table, string? Schema, StoreTableKind Kind, int[] Contexts, CodePlace Place);
