namespace Conway.Planted;

/// <summary>What kind of system is planted. The same settings give the same bytes on every machine.</summary>
public sealed record PlantedSettings
{
    public ulong Seed { get; init; } = 1;

    /// <summary>The services of the truth. From 4 to 40.</summary>
    public int Modules { get; init; } = 8;

    /// <summary>On average, shared, technical and contested types apart. From 8 to 400.</summary>
    public int TypesPerModule { get; init; } = 20;

    /// <summary>By how many percent a module may be smaller or larger than the average. From 0 to 90.</summary>
    public int Unevenness { get; init; } = 30;

    /// <summary>How many kinds of types there are, in this order: entities, services, repositories, controllers, DTOs, validators. From 2 to 6.</summary>
    public int Layers { get; init; } = 6;

    /// <summary>Whether each service stands behind an interface that is registered for it.</summary>
    public bool Interfaces { get; init; }

    /// <summary>Whether the first action of each controller sends a command to a handler instead of calling its service. Needs four layers.</summary>
    public bool Handlers { get; init; }

    /// <summary>Entities and services that half of all cross-module references go to. From 0 to <see cref="Modules"/>.</summary>
    public int Hubs { get; init; } = 2;

    /// <summary>To how many features of its own module that were there before a feature refers, each time by its entity and by its service. From 1 to 8.</summary>
    /// <remarks>What holds a module together. With one, features hang together like beads, and references to other modules soon outweigh what ties them.</remarks>
    public int Ties { get; init; } = 3;

    /// <summary>Types in each module that have the same simple name in every other. From 0 to 8.</summary>
    /// <remarks>Nested in a service when namespaces say nothing, as two types of one namespace cannot have one name.</remarks>
    public int Clones { get; init; } = 2;

    /// <summary>How many percent of the references between modules' types go to another module. From 0 to 45, kept to the nearest whole reference.</summary>
    /// <remarks>What <see cref="Contested"/>, <see cref="Transactions"/> and <see cref="ChattyLoops"/> add is not counted.</remarks>
    public int CrossReferences { get; init; } = 15;

    /// <summary>Values and enums that every module uses. From 0 to 12.</summary>
    public int SharedTypes { get; init; } = 4;

    /// <summary>Types without business that every module uses; the database context and its like are added. From 0 to 12.</summary>
    public int TechnicalTypes { get; init; } = 6;

    /// <summary>Whether everything that does something also writes to one logger. Nothing else differs from the system without it.</summary>
    public bool Logger { get; init; }

    /// <summary>Types that use two modules alike and are used by both. From 0 to 20.</summary>
    public int Contested { get; init; } = 2;

    /// <summary>Whether entities are stored by EF Core in one context; otherwise repositories keep them in lists.</summary>
    public bool Database { get; init; } = true;

    /// <summary>Methods that write entities of two or three modules in one transaction. From 0 to 50; needs <see cref="Database"/>.</summary>
    public int Transactions { get; init; } = 3;

    /// <summary>Methods that query tables of two modules by SQL text. From 0 to 50; needs <see cref="Database"/>.</summary>
    public int SqlJoins { get; init; } = 2;

    /// <summary>Methods that call another module's service in a loop. From 0 to 50.</summary>
    public int ChattyLoops { get; init; } = 2;

    /// <summary>Of each service, repository and controller; half as many of an entity. Mostly decides how many lines there are. From 1 to 60.</summary>
    public int Methods { get; init; } = 4;

    public NamespaceLayout Namespaces { get; init; } = NamespaceLayout.ByLayer;

    public NameStyle Names { get; init; } = NameStyle.Themed;

    /// <summary>After the first, which adds everything. From 0 to 20000.</summary>
    public int Commits { get; init; } = 200;

    /// <summary>How many percent of the commits touch types of several modules. From 0 to 100.</summary>
    public int CommitNoise { get; init; } = 10;

    /// <exception cref="ArgumentException">A setting is out of its bounds; the message says which, and what it may be.</exception>
    internal void Check()
    {
        Bound(Modules, 4, 40, nameof(Modules));
        Bound(TypesPerModule, 8, 400, nameof(TypesPerModule));
        Bound(Unevenness, 0, 90, nameof(Unevenness));
        Bound(Layers, 2, 6, nameof(Layers));
        Bound(Hubs, 0, Modules, nameof(Hubs));
        Bound(Ties, 1, 8, nameof(Ties));
        Bound(Clones, 0, 8, nameof(Clones));
        Bound(CrossReferences, 0, 45, nameof(CrossReferences));
        Bound(SharedTypes, 0, 12, nameof(SharedTypes));
        Bound(TechnicalTypes, 0, 12, nameof(TechnicalTypes));
        Bound(Contested, 0, 20, nameof(Contested));
        Bound(Transactions, 0, Database ? 50 : 0, nameof(Transactions));
        Bound(SqlJoins, 0, Database ? 50 : 0, nameof(SqlJoins));
        Bound(ChattyLoops, 0, 50, nameof(ChattyLoops));
        Bound(Methods, 1, 60, nameof(Methods));
        if (Handlers && Layers < 4)
            throw new ArgumentException($"Handlers need controllers, which are the fourth layer; Layers is {Layers}.");
        Bound(Commits, 0, 20_000, nameof(Commits));
        Bound(CommitNoise, 0, 100, nameof(CommitNoise));
    }

    private void Bound(int value, int min, int max, string name)
    {
        if (value < min || value > max)
            throw new ArgumentException($"{name} is {value}; it is from {min} to {max}{(max == 0 && !Database ? " without Database" : "")}.");
    }
}

/// <summary>What namespaces and folders say.</summary>
public enum NamespaceLayout
{
    /// <summary>Blind: only what kind of type it is, as in an application layered by technique.</summary>
    ByLayer,

    /// <summary>Sighted: which module it belongs to.</summary>
    ByModule,
}

/// <summary>What type names say.</summary>
public enum NameStyle
{
    /// <summary>Each module has words of its own: Invoice, Dunning, Ledger.</summary>
    Themed,

    /// <summary>Made-up words without a meaning; only types of one feature share theirs.</summary>
    Neutral,
}
