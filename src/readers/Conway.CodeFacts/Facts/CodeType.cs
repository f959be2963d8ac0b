using System.Collections.Immutable;

namespace Conway.CodeFacts;

/// <summary>A type that the codebase declares.</summary>
/// <remarks>The parts of a partial type are one type. The same full name in two projects is two types.</remarks>
public sealed record CodeType
{
    /// <summary>Index into <see cref="Codebase.Types"/>, which is ordered by full name, ordinal, then by project and place.</summary>
    public required int Id { get; init; }

    /// <summary><c>Shop.Ordering.Order</c>; nested types after a dot; the number of type parameters after a backtick: <c>Shop.Repository`1</c>.</summary>
    public required string FullName { get; init; }

    /// <summary><c>Order</c>, without namespace, outer type and type parameters.</summary>
    public required string Name { get; init; }

    /// <summary><c>Shop.Ordering</c>; empty for the global namespace.</summary>
    public required string Namespace { get; init; }

    public required CodeTypeKind Kind { get; init; }

    /// <summary>Id of the project that declares it.</summary>
    public required int Project { get; init; }

    /// <summary>Where its name stands; of a partial type the first part.</summary>
    public required CodePlace Place { get; init; }

    /// <summary>Where the other parts of a partial type stand.</summary>
    public ImmutableArray<CodePlace> OtherParts { get; init; } = [];

    /// <summary>Id of the type around it; <see cref="Codebase.None"/> when it is not nested.</summary>
    public int Outer { get; init; } = Codebase.None;

    /// <summary>Lines that hold more than blanks and comments, over all parts, nested types included.</summary>
    public int CodeLines { get; init; }

    /// <summary>What it plays, as far as it can be seen.</summary>
    public TypeRoles Roles { get; init; }

    public bool IsPublic { get; init; }

    public bool IsAbstract { get; init; }

    public bool IsStatic { get; init; }

    /// <summary>Every part stands in generated files.</summary>
    public bool IsGenerated { get; init; }

    /// <summary>Whether an instance can change after it was made: a settable property that is not <c>init</c>, or a field that is not read-only.</summary>
    public bool IsMutable { get; init; }

    /// <summary>Index of its first member in <see cref="Codebase.Members"/>; its members are <see cref="MemberCount"/> from there.</summary>
    public int FirstMember { get; init; }

    /// <summary>How many members it has, those of nested types not included.</summary>
    public int MemberCount { get; init; }

    /// <summary>The same for two types with the same kind and the same names and types of members, whatever they are called and wherever they stand.
    /// 0 for a type without members. Two types of one simple name in two namespaces with one shape are copies of a template.</summary>
    public ulong Shape { get; init; }
}

/// <summary>What was declared.</summary>
public enum CodeTypeKind
{
    Class,
    Record,
    Struct,
    RecordStruct,
    Interface,
    Enum,
    Delegate,
}

/// <summary>What a type plays. Hints: each has a reason in the source (a base type, an attribute, a registration, a shape).</summary>
[Flags]
public enum TypeRoles
{
    None = 0,

    /// <summary>Kept in a store: there is an <see cref="Entity"/> of it.</summary>
    Entity = 1 << 0,

    /// <summary>A DbContext, ObjectContext, DataConnection or Mongo context: there is a <see cref="StoreContext"/> of it.</summary>
    StoreContext = 1 << 1,

    /// <summary>Says how an entity is stored: <c>IEntityTypeConfiguration</c>, <c>ClassMap</c>, <c>ClassMapping</c>.</summary>
    Mapping = 1 << 2,

    /// <summary>Reads or writes a store itself, or implements an interface named for that.</summary>
    Repository = 1 << 3,

    /// <summary>Takes requests from outside: controller, page, hub, gRPC service, endpoint class.</summary>
    Endpoint = 1 << 4,

    /// <summary>Started by the host or a scheduler: hosted service, job.</summary>
    Background = 1 << 5,

    /// <summary>Handles requests or events inside the process, or messages of a bus.</summary>
    Handler = 1 << 6,

    /// <summary>A request, command or query that a handler takes.</summary>
    Request = 1 << 7,

    /// <summary>An event: published, handled, or marked as one.</summary>
    Event = 1 << 8,

    /// <summary>Only carries data over a boundary: body or answer of an endpoint, request, event, and what those consist of.</summary>
    Contract = 1 << 9,

    /// <summary>Bound to configuration.</summary>
    Options = 1 << 10,

    /// <summary>An exception.</summary>
    Exception = 1 << 11,

    /// <summary>An attribute.</summary>
    Attribute = 1 << 12,

    /// <summary>Middleware, filter or pipeline behaviour.</summary>
    Pipeline = 1 << 13,

    /// <summary>Puts the program together: <c>Program</c>, <c>Startup</c>, modules, extensions of the service collection.</summary>
    Composition = 1 << 14,

    /// <summary>A static class of extension methods.</summary>
    Extensions = 1 << 15,

    /// <summary>Checks input: a validator.</summary>
    Validator = 1 << 16,

    /// <summary>Owned by an entity and stored with it.</summary>
    ValueObject = 1 << 17,
}
