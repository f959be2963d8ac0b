using System.Collections.Immutable;

namespace Conway.CodeFacts.Stores;

/// <summary>What one file says of stores, in the order of the text. One owner while the file is read.</summary>
internal sealed class StoreFacts
{
    public List<ContextFact> Contexts { get; } = [];

    public List<SetFact> Sets { get; } = [];

    public List<MappingFact> Mappings { get; } = [];

    public List<PropertyFact> Properties { get; } = [];

    public List<AccessUse> Accesses { get; } = [];

    public List<ChangeUse> Changes { get; } = [];

    public List<JoinUse> Joins { get; } = [];

    public List<SqlUse> Sql { get; } = [];

    public List<TransactionUse> Transactions { get; } = [];

    public List<GenericSet> GenericSets { get; } = [];

    public List<GenericUse> GenericUses { get; } = [];

    public List<GenericMapping> GenericMappings { get; } = [];

    public List<MappingCall> MappingCalls { get; } = [];

    public List<NameFact> Names { get; } = [];

    public List<RegisteredBase> RegisteredBases { get; } = [];
}

/// <summary>A generic class keeps what it is given for a type parameter: <c>class Store&lt;T&gt; { IMongoCollection&lt;T&gt; … }</c>.</summary>
/// <param name="Owner">Id of the class.</param>
/// <param name="Table">Name of the collection, if it is the same for all.</param>
internal readonly record struct GenericSet(int Owner, Subject Subject, string? Table, StoreAccess Access, CodePlace Place);

/// <summary>A generic type of the codebase is given types of the codebase: <c>IStore&lt;Order&gt;</c>.</summary>
/// <param name="Arguments">Ids divided by commas; -1 for what is not the codebase's.</param>
internal readonly record struct GenericUse(int Type, string Arguments, CodePlace Place);

/// <summary>A generic method maps what it is given for a type parameter.</summary>
/// <param name="Member">Id of the method.</param>
/// <param name="Text">Name of the table; null when it is a parameter or not known.</param>
/// <param name="TextParameter">Ordinal of the parameter that holds the name; <see cref="Codebase.None"/> for none.</param>
internal readonly record struct GenericMapping(int Member, Subject Subject, MappingKind Kind, string? Text, int TextParameter, StoreAccess Access, CodePlace Place);

/// <summary>A generic method is called where entities are mapped.</summary>
/// <param name="Member">Id of the method.</param>
/// <param name="From">Id of the member that calls.</param>
/// <param name="In">Id of the type in which it stands.</param>
/// <param name="Texts">What is known of its arguments that are text, by the ordinal of the parameter.</param>
internal readonly record struct MappingCall(int Member, int From, int In, ImmutableArray<Subject> Arguments, ImmutableArray<string?> Texts, CodePlace Place);

/// <summary>A class says of itself under which name it keeps things: <c>string CollectionName() => "orders"</c>.</summary>
internal readonly record struct NameFact(int Type, string Text, CodePlace Place);

/// <summary>A context takes every class that derives from a base, found by reflection.</summary>
/// <param name="Base">Id of the base.</param>
/// <param name="In">Id of the type in which it stands.</param>
internal readonly record struct RegisteredBase(int Base, int In, CodePlace Place);

/// <summary>A class is a unit of work over sets of entities.</summary>
internal readonly record struct ContextFact(int Type, StoreAccess Access, CodePlace Place);

/// <summary>A type has a set of entities as a property, or asks for one.</summary>
/// <param name="Owner">Id of the type that has it.</param>
/// <param name="Table">Name of the property; null when the set has none.</param>
internal readonly record struct SetFact(int Owner, int Entity, string? Table, StoreAccess Access, CodePlace Place);

/// <summary>A mapping or an attribute says something of an entity.</summary>
/// <param name="Entity">Id of the type it is about; <see cref="Codebase.None"/> for a whole context.</param>
/// <param name="Text">Name of a table, schema, property or path.</param>
/// <param name="Other">Id of the other type: owned, referred to, mapped by.</param>
/// <param name="In">Id of the type in which it stands.</param>
internal readonly record struct MappingFact(int Entity, MappingKind Kind, string? Text, string? Schema, int Other, int In, StoreAccess Access, CodePlace Place);

internal enum MappingKind
{
    /// <summary>The entity is in the model.</summary>
    Entity,
    Table,
    View,
    Collection,

    /// <summary>The table's name whatever mappings say, since it is given after them.</summary>
    LastTable,
    TableAttribute,
    Schema,
    OwnsOne,
    OwnsMany,
    Reference,
    Many,
    ManyToMany,
    ForeignKey,

    /// <summary>A type, or a property of it, is not stored as an entity: ignored, converted, a complex value.</summary>
    Ignore,
    Value,
    Key,
    OwnTables,
    Derived,

    /// <summary>A class that maps an entity.</summary>
    Configuration,
    ApplyOne,
    ApplyAll,
    SnakeCase,

    /// <summary>A context renames all its tables at the end.</summary>
    SnakeTables,
}

/// <summary>A property or field whose type is a type of the codebase, or a sequence of one.</summary>
/// <param name="Of">Id of that type.</param>
internal readonly record struct PropertyFact(int Type, string Name, int Of, bool IsMany, bool IsField, bool IsIgnored, string? Key, CodePlace Place);

/// <summary>A body reads or writes a set.</summary>
/// <param name="Order">Place among everything that the file does, so that calls and accesses can be put in order.</param>
internal readonly record struct AccessUse(int Order, int Member, Subject Subject, AccessMode Mode, StoreAccess Via, CodePlace Place, bool InLoop, bool IsInferred);

/// <summary>A property of an object is set, or a collection of it is changed: a write, if the object is an entity.</summary>
/// <param name="Owner">Id of the type of the object.</param>
/// <param name="Element">Id of the type that a collection holds; <see cref="Codebase.None"/> when a property is set.</param>
internal readonly record struct ChangeUse(int Order, int Member, int Owner, int Element, string Property, CodePlace Place, bool InLoop, bool IsInferred);

/// <summary>A query brings two entities together.</summary>
/// <param name="Path">Names of navigations divided by dots, where they stand in text; null when <paramref name="Right"/> is known.</param>
internal readonly record struct JoinUse(int Order, int Member, Subject Left, Subject Right, StoreJoinKind Kind, StoreAccess Via, string? Path, CodePlace Place, bool InLoop);

/// <summary>Text that holds statements of SQL.</summary>
internal readonly record struct SqlUse(int Order, int Member, string Text, CodePlace Place, bool InLoop);

/// <summary>A call with what it gives for type parameters.</summary>
/// <param name="Receiver">Id of the static type before the dot; <see cref="Codebase.None"/> when it is not the codebase's.</param>
/// <param name="OnSelf">It is made on the own object.</param>
internal readonly record struct CallDetail(int Order, CallSite Site, int Receiver, bool OnSelf, ImmutableArray<Subject> OfType, ImmutableArray<Subject> OfMethod);
