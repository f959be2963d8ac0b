using System.Collections.Immutable;
using Conway.Findings;

namespace Conway.CodeFacts;

/// <summary>A codebase as facts: what it declares, what uses what, where work comes in, what is stored and who reads and writes it.</summary>
/// <remarks>Ids are indexes into the tables here, and every table has a fixed order, so that the same files give the same value, byte for byte,
/// on every machine. Every fact knows its file and line. Immutable. Tests, migrations and build output are kept apart: their files are listed,
/// their types are not.</remarks>
public sealed record Codebase
{
    /// <summary>The id of nothing.</summary>
    public const int None = -1;

    /// <summary>Name of the solution, else of the folder.</summary>
    public required string Name { get; init; }

    /// <summary>Ordered by path.</summary>
    public ImmutableArray<CodeProject> Projects { get; init; } = [];

    /// <summary>Ordered by path. Also those that were not read.</summary>
    public ImmutableArray<CodeFile> Files { get; init; } = [];

    /// <summary>Ordered by full name.</summary>
    public ImmutableArray<CodeType> Types { get; init; } = [];

    /// <summary>Ordered by type; the members of a type stand together.</summary>
    public ImmutableArray<CodeMember> Members { get; init; } = [];

    /// <summary>Ordered by from, to, kind.</summary>
    public ImmutableArray<TypeEdge> Edges { get; init; } = [];

    /// <summary>Ordered by the member that calls, then as written.</summary>
    public ImmutableArray<CallSite> Calls { get; init; } = [];

    /// <summary>Ordered by service, then implementation.</summary>
    public ImmutableArray<Registration> Registrations { get; init; } = [];

    /// <summary>Ordered by message, then handler.</summary>
    public ImmutableArray<MessageHandler> MessageHandlers { get; init; } = [];

    /// <summary>Ordered by member, then as written.</summary>
    public ImmutableArray<MessageSend> MessageSends { get; init; } = [];

    /// <summary>Ordered by member, place and topic.</summary>
    public ImmutableArray<TopicUse> Topics { get; init; } = [];

    /// <summary>Ordered by type, then table.</summary>
    public ImmutableArray<Entity> Entities { get; init; } = [];

    /// <summary>Ordered by schema and name.</summary>
    public ImmutableArray<StoreTable> Tables { get; init; } = [];

    /// <summary>Ordered by type.</summary>
    public ImmutableArray<StoreContext> Contexts { get; init; } = [];

    /// <summary>Ordered by from, to, property.</summary>
    public ImmutableArray<Relation> Relations { get; init; } = [];

    /// <summary>Ordered by member, then as written.</summary>
    public ImmutableArray<DataAccess> Accesses { get; init; } = [];

    /// <summary>Ordered by place.</summary>
    public ImmutableArray<StoreJoin> Joins { get; init; } = [];

    /// <summary>Ordered by place.</summary>
    public ImmutableArray<SqlStatement> Sql { get; init; } = [];

    /// <summary>Ordered by place.</summary>
    public ImmutableArray<TransactionUse> Transactions { get; init; } = [];

    /// <summary>Ordered by key, then place.</summary>
    public ImmutableArray<ConfigurationUse> Configuration { get; init; } = [];

    /// <summary>Ordered by place.</summary>
    public ImmutableArray<OutboundCall> OutboundCalls { get; init; } = [];

    /// <summary>Ordered by place.</summary>
    public ImmutableArray<AddressUse> Addresses { get; init; } = [];

    /// <summary>Ordered by kind, then route, method and place.</summary>
    public ImmutableArray<EntryPoint> EntryPoints { get; init; } = [];

    /// <summary>One for each entry point whose handler is in the source, in their order.</summary>
    public ImmutableArray<UseCase> UseCases { get; init; } = [];

    /// <summary>What could not be read, or only in part. Ordered by place.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>How much was understood.</summary>
    public Coverage Coverage { get; init; } = new();

    /// <summary>The members of a type, in order of reading.</summary>
    public ReadOnlySpan<CodeMember> MembersOf(CodeType type) => Members.AsSpan(type.FirstMember, type.MemberCount);

    /// <summary>A place as people write it: <c>src/Orders/Order.cs:41</c>.</summary>
    public string At(CodePlace place) => $"{Files[place.File].Path}:{place.Line}";

    /// <summary>A place for findings: the whole line.</summary>
    public SourceSpan SpanOf(CodePlace place) => new(Files[place.File].Path, place.Line, 1, 1);
}
